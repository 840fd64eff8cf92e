using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class AtomicExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint checkpoint = RandomCheckpoint.Of(TinyGraphs.EveryOperator());

    private string Bundle => folder.File("bundle");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_failing_export_leaves_nothing()
    {
        var progress = new Recorder();

        var fault = Assert.Throws<SlimmableException>(() => BundleExporter.Export(Overflowing(), Bundle, new ExportOptions(), progress));

        Assert.Equal("graph 'every-operator/subnet-narrow', tensor 'body.conv.weight': expected finite numbers, found Infinity at element 0", fault.Message);
        Assert.Equal(["gate.onnx"], progress.Seen.Select(seen => seen.File));
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_failing_export_leaves_an_older_bundle_as_it_was()
    {
        BundleExporter.Export(checkpoint, Bundle, new ExportOptions());
        var before = File.ReadAllBytes(Path.Combine(Bundle, "manifest.json"));

        Assert.Throws<SlimmableException>(() => BundleExporter.Export(Overflowing(), Bundle, new ExportOptions()));

        Assert.Equal(["bundle"], folder.Names());
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Bundle, "manifest.json")));
        Assert.Empty(ModelChecker.CheckBundle(Bundle, ManifestFile.Read(Bundle)));
    }

    [Fact]
    public void A_cancelled_export_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        var progress = new Recorder(seen => source.Cancel());

        Assert.Throws<OperationCanceledException>(() => BundleExporter.Export(checkpoint, Bundle, new ExportOptions(), progress, source.Token));

        Assert.Single(progress.Seen);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void An_older_bundle_is_replaced_whole()
    {
        BundleExporter.Export(checkpoint, Bundle, new ExportOptions { Full = true });

        var manifest = BundleExporter.Export(checkpoint, Bundle, new ExportOptions());

        Assert.Equal(["bundle"], folder.Names());
        Assert.Equal(
            manifest.Files.Select(file => file.Name).Concat(["manifest.json", "manifest.sha256"]).Order(),
            Directory.GetFiles(Bundle).Select(file => Path.GetFileName(file)).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("deep/deeper/")]
    public void An_empty_or_missing_folder_is_filled(string below)
    {
        var target = folder.File($"{below}empty/");
        if (below.Length == 0)
        {
            Directory.CreateDirectory(target);
        }

        BundleExporter.Export(checkpoint, target, new ExportOptions());

        Assert.True(File.Exists(Path.Combine(target, "manifest.json")));
    }

    [Theory]
    [InlineData("notes.txt", "mine")]
    [InlineData("manifest.json", """{ "name": "somebody else's" }""")]
    [InlineData("manifest.json", "[]")]
    [InlineData("manifest.json", "not JSON")]
    public void A_folder_that_is_not_a_bundle_is_refused_and_left_alone(string name, string content)
    {
        Directory.CreateDirectory(Bundle);
        File.WriteAllText(Path.Combine(Bundle, name), content);

        var fault = Assert.Throws<InvalidFileException>(() => BundleExporter.Export(checkpoint, Bundle, new ExportOptions()));

        Assert.Equal("expected nothing, an empty folder or a bundle to replace, found a folder without a manifest.json of ours", fault.Reason);
        Assert.Equal(["bundle"], folder.Names());
        Assert.Equal(content, File.ReadAllText(Path.Combine(Bundle, name)));
    }

    [Fact]
    public void A_file_in_the_bundles_place_is_refused()
    {
        File.WriteAllText(Bundle, "mine");

        Assert.Throws<InvalidFileException>(() => BundleExporter.Export(checkpoint, Bundle, new ExportOptions()));

        Assert.Equal("mine", File.ReadAllText(Bundle));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_typed_error()
    {
        File.WriteAllText(folder.File("file"), "mine");

        var fault = Assert.Throws<InvalidFileException>(() => BundleExporter.Export(checkpoint, folder.File("file/bundle"), new ExportOptions()));

        Assert.StartsWith("cannot be written: ", fault.Reason, StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Names());
    }

    /// <summary>Fine as a checkpoint; folding the tail's first norm takes its convolution out of range.</summary>
    private Checkpoint Overflowing() => checkpoint with
    {
        Weights = checkpoint.Weights.ToDictionary(
            pair => pair.Key,
            pair => pair.Key is "body.conv.weight" or "body.norm.0.weight" ? [.. pair.Value.Select(_ => 1e30f)] : pair.Value),
    };
}
