using System.Xml.Linq;

namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class ValidateTests(TrainedModel model) : IDisposable
{
    private static readonly string[] Files =
    [
        "full-uniform-0.onnx", "full-uniform-1.onnx", "full-uniform-2.onnx", "gate.onnx", "golden.safetensors", "manifest.json", "manifest.sha256",
        "subnet-uniform-0.onnx", "subnet-uniform-1.onnx", "subnet-uniform-2.onnx",
    ];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> EveryFile => [.. Files];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_bundle_as_exported_is_valid()
    {
        Assert.Equal(Files, Directory.GetFiles(model.Bundle).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var answer = SlimmableProgram.Run(folder.Path, "validate", model.Bundle, "--json").Json();

        Assert.Equal(["valid", "findings", "checks"], Keys.Of(answer));
        Assert.True(answer.GetProperty("valid").GetBoolean());
        Assert.Empty(answer.GetProperty("findings").EnumerateArray());
        Assert.All(answer.GetProperty("checks").EnumerateArray(), check =>
        {
            Assert.Equal(["file", "check", "passed", "detail"], Keys.Of(check));
            Assert.True(check.GetProperty("passed").GetBoolean());
        });
        var graphs = Files.Where(file => file.EndsWith(".onnx", StringComparison.Ordinal));
        var compared = answer.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("check").GetString() == "golden samples");
        Assert.Equal(graphs, compared.Select(check => check.GetProperty("file").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EveryFile))]
    public void One_changed_byte_of_any_file_is_found_and_the_file_is_named(string name)
    {
        var bundle = Copy();
        var path = Path.Combine(bundle, name);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x01;
        File.WriteAllBytes(path, bytes);

        var failed = SlimmableProgram.Run(folder.Path, "validate", bundle);

        failed.OneLine(1, name);
        var lines = failed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines[..^1], line => Assert.Matches(@"^[\w.-]+: SLIM\d{3}: \S", line));
        Assert.EndsWith("not valid", lines[^1].TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryFile))]
    public void A_missing_file_is_found_and_named(string name)
    {
        var bundle = Copy();
        File.Delete(Path.Combine(bundle, name));

        SlimmableProgram.Run(folder.Path, "validate", bundle).OneLine(1, name);
    }

    [Theory]
    [InlineData("../golden.safetensors")]
    [InlineData("/etc/hostname")]
    [InlineData("..")]
    public void A_manifest_that_names_a_path_outside_is_refused(string name)
    {
        var bundle = Copy();
        File.Copy(Path.Combine(bundle, "golden.safetensors"), folder.File("golden.safetensors"));
        BundleCopy.EditManifest(bundle, "\"golden.safetensors\"", $"\"{name}\"");

        SlimmableProgram.Run(folder.Path, "validate", bundle).OneLine(1, "manifest.json", $"'{name}'");
    }

    [Fact]
    public void A_link_that_leads_outside_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Links take a privilege there.
        }

        var bundle = Copy();
        File.Move(Path.Combine(bundle, "gate.onnx"), folder.File("gate.onnx"));
        File.CreateSymbolicLink(Path.Combine(bundle, "gate.onnx"), folder.File("gate.onnx"));

        SlimmableProgram.Run(folder.Path, "validate", bundle).OneLine(1, "gate.onnx", "link");
    }

    [Fact]
    public void Weights_that_are_not_the_trainers_are_found_even_where_every_hash_fits()
    {
        var bundle = Copy();
        SlimmableProgram.Run(folder.Path, "init", TinyTask.Architecture, "--out", "other.safetensors").Succeeded();
        SlimmableProgram.Run(folder.Path, "export", "other.safetensors", "--out", "other", "--full").Succeeded();
        BundleCopy.Replace(bundle, "full-uniform-1.onnx", File.ReadAllBytes(folder.File("other/full-uniform-1.onnx")));

        var failed = SlimmableProgram.Run(folder.Path, "validate", bundle, "--json");

        failed.OneLine(1, "full-uniform-1.onnx");
        var answer = ProgramResult.JsonOf(failed.Output);
        Assert.False(answer.GetProperty("valid").GetBoolean());
        var fault = Assert.Single(answer.GetProperty("checks").EnumerateArray(), check => !check.GetProperty("passed").GetBoolean());
        Assert.Equal("full-uniform-1.onnx", fault.GetProperty("file").GetString());
        var finding = Assert.Single(answer.GetProperty("findings").EnumerateArray());
        Assert.Equal(["id", "file", "message"], Keys.Of(finding));
        Assert.Equal("SLIM503", finding.GetProperty("id").GetString());
    }

    [Fact]
    public void Findings_are_written_as_JUnit_too_beside_and_renamed()
    {
        var bundle = Copy();
        File.Delete(Path.Combine(bundle, "gate.onnx"));
        File.WriteAllText(folder.File("findings.xml"), "an older report");

        SlimmableProgram.Run(folder.Path, "validate", bundle, "--junit", "findings.xml").OneLine(1, "SLIM201");

        var failure = XDocument.Load(folder.File("findings.xml")).Descendants("failure").Single();
        Assert.Equal("SLIM201", (string?)failure.Attribute("type"));
        Assert.Equal(["bundle", "findings.xml"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        SlimmableProgram.Run(folder.Path, "validate", bundle, "--junit", "bundle").Refused(1, "bundle", "cannot be written");
    }

    [Fact]
    public void A_graph_in_the_wrong_place_is_found_even_where_every_hash_fits()
    {
        var bundle = Copy();
        BundleCopy.Replace(bundle, "subnet-uniform-2.onnx", File.ReadAllBytes(Path.Combine(bundle, "full-uniform-2.onnx")));

        SlimmableProgram.Run(folder.Path, "validate", bundle).OneLine(1, "subnet-uniform-2.onnx");
    }

    [Fact]
    public void What_is_no_graph_is_found_even_where_every_hash_fits()
    {
        var bundle = Copy();
        BundleCopy.Replace(bundle, "gate.onnx", "not a graph"u8.ToArray());

        SlimmableProgram.Run(folder.Path, "validate", bundle).OneLine(1, "gate.onnx");
    }

    [Fact]
    public void A_tolerance_of_nothing_fails_on_rounding_and_names_what_differs() =>
        SlimmableProgram.Run(folder.Path, "validate", model.Bundle, "--tolerance", "0").OneLine(1, "largest difference");

    private string Copy() => BundleCopy.Of(model.Bundle, folder.File("bundle"));
}
