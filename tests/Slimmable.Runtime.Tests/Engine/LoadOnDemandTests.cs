using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

public sealed class LoadOnDemandTests(SampleBundle sample) : IClassFixture<SampleBundle>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string BundleFolder => folder.File("bundle");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(BundleLayout.SharedTrunk)]
    [InlineData(BundleLayout.Standalone)]
    public void Answers_are_the_same(BundleLayout layout)
    {
        SampleNetwork.Export(BundleFolder, layout: layout);

        using var model = SlimmableModel.Load(BundleFolder, new ModelOptions { LoadOnDemand = true });

        Near.Equal(sample.Model.Route(SampleNetwork.Input), model.Route(SampleNetwork.Input));
    }

    [Fact]
    public void A_graph_that_is_not_asked_for_is_not_loaded()
    {
        SampleNetwork.Export(BundleFolder);
        var tail = Path.Combine(BundleFolder, "subnet-uniform-3.onnx");
        File.WriteAllText(tail, "no graph");
        ManifestFiles.Rewrite(BundleFolder, manifest => manifest);

        using var model = SlimmableModel.Load(BundleFolder, new ModelOptions { LoadOnDemand = true });

        Assert.Equal(1, model.Route(SampleNetwork.InputRow(0), "uniform-2").Count);
        Assert.Equal(tail, Assert.Throws<InvalidFileException>(() => model.Route(SampleNetwork.InputRow(0), "uniform-3")).Path);
        Assert.Equal(tail, Assert.Throws<InvalidFileException>(() => SlimmableModel.Load(BundleFolder)).Path);
    }
}
