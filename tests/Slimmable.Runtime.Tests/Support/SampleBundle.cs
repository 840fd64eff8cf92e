namespace Slimmable.Runtime.Tests;

/// <summary>The sample network, exported with its standalone graphs and loaded; and what it answers to each input alone.</summary>
public sealed class SampleBundle : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SampleBundle()
    {
        SampleNetwork.Export(Folder);
        Model = SlimmableModel.Load(Folder);
        Alone = [.. Enumerable.Range(0, SampleNetwork.Inputs).Select(row => Model.Route(SampleNetwork.InputRow(row)))];
        Assert.All(Alone.CountBy(answer => answer.Subnets[0]), choice => Assert.Equal(4, choice.Value));
    }

    public string Folder => folder.File("bundle");

    public SlimmableModel Model { get; }

    public IReadOnlyList<RoutingResult> Alone { get; }

    public void Dispose()
    {
        Model.Dispose();
        folder.Dispose();
    }
}
