using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary><c>init</c>, and what <c>info</c> then says of the published architecture.</summary>
public sealed class InitTests : IDisposable
{
    /// <summary>At 224x224 and 1000 classes, from the published table and the authors' code; in order of width.</summary>
    private static readonly long[] Published =
    [
        132_890_144, 152_917_184, 175_151_968, 199_594_496, 226_244_768, 255_102_784, 286_168_544,
        319_442_048, 354_923_296, 392_612_288, 432_509_024, 474_613_504, 518_925_728, 565_445_696,
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_published_costs_are_met_to_the_unit_in_the_checkpoint_and_in_its_bundle()
    {
        Run("init", "ds-mbnet-imagenet", "--out", "init.safetensors").Succeeded();

        var checkpoint = Run("info", "init.safetensors", "--json").Json();
        Assert.Equal(["kind", "name", "subnets", "gate"], Keys.Of(checkpoint));
        Assert.Equal("checkpoint", checkpoint.GetProperty("kind").GetString());
        Assert.Equal("ds-mbnet-imagenet", checkpoint.GetProperty("name").GetString());
        var subnets = checkpoint.GetProperty("subnets");
        Assert.All(subnets.EnumerateArray(), subnet => Assert.Equal(["name", "routable", "madds", "parameters"], Keys.Of(subnet)));
        Assert.Equal([.. Enumerable.Range(0, 14).Select(width => $"uniform-{width}"), "largest"], Keys.Texts(subnets, "name"));
        Assert.Equal([.. Published, 819_883_136], Keys.Integers(subnets, "madds"));
        Assert.Equal([.. Enumerable.Repeat(true, 14), false], subnets.EnumerateArray().Select(subnet => subnet.GetProperty("routable").GetBoolean()));
        Assert.Equal(["candidates"], Keys.Of(checkpoint.GetProperty("gate")));
        string[] candidates = [.. checkpoint.GetProperty("gate").GetProperty("candidates").EnumerateArray().Select(name => name.GetString()!)];
        Assert.Equal(["uniform-0", "uniform-1", "uniform-2", "uniform-3"], candidates);

        Run(["export", "init.safetensors", "--out", "bundle", "--subnets", .. candidates]).Succeeded();
        var bundle = Run("info", "bundle", "--json").Json();
        Assert.Equal("bundle", bundle.GetProperty("kind").GetString());
        Assert.Equal(Keys.Of(checkpoint), Keys.Of(bundle));
        Assert.Equal(
            subnets.EnumerateArray().Take(4).Select(subnet => subnet.GetRawText()),
            bundle.GetProperty("subnets").EnumerateArray().Select(subnet => subnet.GetRawText()));
        Assert.Equal(checkpoint.GetProperty("gate").GetRawText(), bundle.GetProperty("gate").GetRawText());
    }

    [Theory]
    [InlineData("s-mobilenet-v1-32")] // The one whose rounding grows the most from layer to layer.
    [InlineData("ds-mbnet-mini")]
    public void What_it_writes_is_exported_to_a_valid_bundle(string architecture)
    {
        Run("init", architecture, "--out", "init.safetensors").Succeeded();
        Run("export", "init.safetensors", "--out", "bundle").Succeeded();

        Run("validate", "bundle").Succeeded();
    }

    [Fact]
    public void It_is_made_for_as_many_classes_as_are_asked_for()
    {
        Run("init", TinyTask.Architecture, "--out", "init.safetensors", "--classes", "1234").Succeeded();
        Run("export", "init.safetensors", "--out", "bundle").Succeeded();

        Run("validate", "bundle").Succeeded();
        using var checkpoint = CheckpointFile.Open(folder.File("init.safetensors"));
        Assert.Equal(1234, checkpoint.Graph.Classes);
        Assert.Equal([1234], ManifestFile.Read(folder.File("bundle")).Logits.Shape);
        Run("init", TinyTask.Architecture, "--out", "x.safetensors", "--classes", "1048577").Refused(2, "--classes");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        Run("init", TinyTask.Architecture, "--out", "first.safetensors", "--seed", "3").Succeeded();
        Run("init", TinyTask.Architecture, "--out", "second.safetensors", "--seed", "3").Succeeded();
        Run("init", TinyTask.Architecture, "--out", "other.safetensors", "--seed", "4").Succeeded();

        var first = File.ReadAllBytes(folder.File("first.safetensors"));
        Assert.Equal(first, File.ReadAllBytes(folder.File("second.safetensors")));
        Assert.NotEqual(first, File.ReadAllBytes(folder.File("other.safetensors")));
    }

    [Fact]
    public void An_unknown_architecture_is_refused_and_the_known_ones_are_named()
    {
        Run("init", "resnet-50", "--out", "x.safetensors").Refused(1, "'resnet-50'", "ds-mbnet-imagenet", "ds-mbnet-fashion");
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused()
    {
        File.WriteAllText(folder.File("file"), "in the way");
        Directory.CreateDirectory(folder.File("folder"));

        Run("init", TinyTask.Architecture, "--out", Path.Combine("file", "x.safetensors")).Refused(1, Path.Combine("file", "x.safetensors"), "cannot be written");
        Run("init", TinyTask.Architecture, "--out", "folder").Refused(1, "folder", "cannot be written");
        Assert.Equal(["file", "folder"], folder.Names());
    }

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);
}
