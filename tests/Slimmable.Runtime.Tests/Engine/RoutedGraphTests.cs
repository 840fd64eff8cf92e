using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

public sealed class RoutedGraphTests(SampleBundle sample) : IClassFixture<SampleBundle>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("bundle");

    [Theory]
    [InlineData(BundleLayout.SharedTrunk)]
    [InlineData(BundleLayout.Standalone)]
    public void One_file_answers_each_input_as_the_router_does_alone_and_in_batches(BundleLayout layout)
    {
        using var routed = Load(SampleNetwork.Graph, layout);

        for (var first = 0; first < SampleNetwork.Inputs; first++)
        {
            for (var rows = 1; first + rows <= SampleNetwork.Inputs; rows += 4)
            {
                AssertAnswers(routed, [.. Enumerable.Range(first, rows)]);
            }
        }
    }

    [Fact]
    public void The_order_of_a_batch_does_not_matter_and_an_input_may_come_twice()
    {
        using var routed = Load(SampleNetwork.Graph);

        AssertAnswers(routed, [.. Enumerable.Range(0, SampleNetwork.Inputs).Reverse()]);
        AssertAnswers(routed, [3, 3, 3, 0, 15, 0, 7]);
    }

    [Fact]
    public void Who_answered_is_a_place_among_all_subnets_of_the_bundle_and_not_among_the_candidates()
    {
        var graph = SupernetGraph.Create(SampleNetwork.Graph.Definition with
        {
            Gates = [SampleNetwork.Graph.Gate! with { Candidates = ["uniform-3", "uniform-0", "uniform-2", "uniform-1"] }],
        });
        using var routed = Load(graph);
        using var model = SlimmableModel.Load(Path);

        var expected = model.Route(SampleNetwork.Input);
        var (logits, subnets) = routed.Run(SampleNetwork.Input, SampleNetwork.Inputs);

        Assert.Equal(expected.Subnets, subnets);
        Assert.Equal(4, subnets.Distinct().Count());
        Assert.NotEqual(sample.Alone.Select(answer => answer.Subnets[0]), subnets);
        Near.Equal(expected.Logits, logits);
    }

    public void Dispose() => folder.Dispose();

    private RoutedGraph Load(SupernetGraph graph, BundleLayout layout = BundleLayout.SharedTrunk)
    {
        SampleNetwork.Export(Path, graph, full: false, routed: true, layout: layout);
        return new(Bundle.Open(Path), BundleFormat.RoutedFile, new ThreadPlan(ThreadSource.Caller, 1));
    }

    private void AssertAnswers(RoutedGraph routed, int[] rows)
    {
        var (logits, subnets) = routed.Run(rows.SelectMany(row => SampleNetwork.InputRow(row).ToArray()).ToArray(), rows.Length);

        Assert.Equal(rows.Select(row => sample.Alone[row].Subnets[0]), subnets);
        foreach (var (place, row) in rows.Index())
        {
            Near.Equal(sample.Alone[row].Logits, logits.AsSpan(place * SampleNetwork.Graph.Classes, SampleNetwork.Graph.Classes));
        }
    }
}
