using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>Graphs whose hashes are right and which are wrong all the same.</summary>
public sealed class GraphFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public GraphFaultTests() => SampleNetwork.Export(Bundle);

    private string Bundle => folder.File("bundle");

    [Fact]
    public void A_file_that_is_no_graph_is_refused_by_name()
    {
        File.WriteAllText(Path.Combine(Bundle, "subnet-uniform-2.onnx"), "not a graph");
        Rewrite(manifest => manifest);

        var fault = Assert.Throws<InvalidFileException>(() => SlimmableModel.Load(Bundle));

        Assert.Equal(Path.Combine(Bundle, "subnet-uniform-2.onnx"), fault.Path);
        Assert.StartsWith("expected a graph that ONNX Runtime takes, found: ", fault.Reason);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_graph_that_takes_something_else_is_refused_by_name()
    {
        Rewrite(manifest => manifest with { Subnets = [manifest.Subnets[0] with { Tail = manifest.Subnets[0].Full }, .. manifest.Subnets.Skip(1)] });

        var fault = Assert.Throws<InvalidFileException>(() => SlimmableModel.Load(Bundle));

        Assert.Equal(Path.Combine(Bundle, "full-uniform-0.onnx"), fault.Path);
        Assert.Equal("inputs: expected 'features', found 'input'", fault.Reason);
    }

    [Fact]
    public void A_graph_of_another_shape_is_refused_by_name_and_shape()
    {
        Rewrite(manifest => manifest with { Logits = manifest.Logits with { Shape = [11] } });

        var fault = Assert.Throws<InvalidFileException>(() => SlimmableModel.Load(Bundle));

        Assert.Equal(Path.Combine(Bundle, "subnet-uniform-0.onnx"), fault.Path);
        Assert.Equal("output 'logits': expected [N, 11], found [any, 10]", fault.Reason);
    }

    public void Dispose() => folder.Dispose();

    private void Rewrite(Func<BundleManifest, BundleManifest> change) => ManifestFiles.Rewrite(Bundle, change);
}
