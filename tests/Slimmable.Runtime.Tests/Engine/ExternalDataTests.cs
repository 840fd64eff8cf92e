using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>Graphs whose weights lie in a file of their own.</summary>
public sealed class ExternalDataTests(SampleBundle sample) : IClassFixture<SampleBundle>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string BundleFolder => folder.File("beside");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_answer_as_graphs_that_hold_their_weights()
    {
        Export();

        using var model = SlimmableModel.Load(BundleFolder);

        Near.Equal(sample.Model.Route(SampleNetwork.Input), model.Route(SampleNetwork.Input));
        foreach (var subnet in model.Subnets)
        {
            Near.Equal(sample.Model.RunStandalone(SampleNetwork.Input, subnet.Name), model.RunStandalone(SampleNetwork.Input, subnet.Name));
        }
    }

    [Fact]
    public void Their_weights_are_checked_when_the_bundle_is_opened()
    {
        Export();
        var path = Path.Combine(BundleFolder, "subnet-uniform-1.onnx.data");
        var bytes = File.ReadAllBytes(path);

        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.StartsWith($"{path}: expected sha-256 ", Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder)).Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, bytes[1..]);
        Assert.Equal(
            $"{path}: expected {bytes.Length} bytes, found {bytes.Length - 1}",
            Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder, verifyHashes: false)).Message);

        File.Delete(path);
        Assert.Equal(path, Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder, verifyHashes: false)).Path);
    }

    [Fact]
    public void A_graph_that_refers_to_weights_outside_its_folder_is_refused()
    {
        Export();
        var data = Path.Combine(BundleFolder, "full-uniform-0.onnx.data");
        File.Move(data, folder.File("full-uniform-0.onnx.d"));
        var graph = Path.Combine(BundleFolder, "full-uniform-0.onnx");
        File.WriteAllBytes(graph, Replaced(File.ReadAllBytes(graph), "full-uniform-0.onnx.data"u8, "../full-uniform-0.onnx.d"u8));
        ManifestFiles.Rewrite(BundleFolder, manifest => manifest with { Files = [.. manifest.Files.Where(file => file.Name != Path.GetFileName(data))] });

        using var model = SlimmableModel.Load(BundleFolder);
        var fault = Assert.Throws<InvalidFileException>(() => model.RunStandalone(SampleNetwork.InputRow(0), "uniform-0"));

        Assert.Equal(graph, fault.Path);
    }

    private void Export() => SampleNetwork.Export(BundleFolder, mostInlineBytes: 0);

    private static byte[] Replaced(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> replacement)
    {
        Assert.Equal(old.Length, replacement.Length);
        for (int found; (found = bytes.AsSpan().IndexOf(old)) >= 0;)
        {
            replacement.CopyTo(bytes.AsSpan(found));
        }

        return bytes;
    }
}
