using FsCheck;
using FsCheck.Fluent;
using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

public sealed class RoutingTests(SampleBundle sample) : IClassFixture<SampleBundle>
{
    private SlimmableModel Model => sample.Model;

    [Fact]
    public void A_forced_width_answers_as_its_standalone_graph_does() => Assert.All(Model.Subnets.Index(), subnet =>
    {
        var routed = Model.Route(SampleNetwork.Input, subnet.Item.Name);
        var standalone = Model.RunStandalone(SampleNetwork.Input, subnet.Item.Name);

        Near.Equal(standalone, routed);
        Assert.Equal(Enumerable.Repeat(subnet.Index, SampleNetwork.Inputs), routed.Subnets);
        Assert.Equal(routed.Subnets, standalone.Subnets);
        Assert.Empty(standalone.GateLogits);
        Assert.Equal(SampleNetwork.Inputs * subnet.Item.MAdds, standalone.MAdds);
        Assert.Equal(SampleNetwork.Inputs * (subnet.Item.MAdds + Model.Manifest.Gate!.MAdds), routed.MAdds);
    });

    [Fact]
    public void The_gate_picks_the_largest_score_and_that_subnet_answers() => Assert.All(Enumerable.Range(0, SampleNetwork.Inputs), row =>
    {
        var answer = sample.Alone[row];
        var largest = answer.GateLogits.Index().MaxBy(score => score.Item).Index;
        var subnet = Model.Subnets[answer.Subnets[0]];

        Assert.Equal(Model.Manifest.Gate!.Candidates[largest], subnet.Name);
        Near.Equal(Model.RunStandalone(SampleNetwork.InputRow(row), subnet.Name), answer);
        Assert.Equal(subnet.MAdds + Model.Manifest.Gate.MAdds, answer.MAdds);
    });

    [Fact]
    public void At_another_operating_point_the_largest_score_with_its_offset_answers()
    {
        using var folder = new TemporaryFolder();
        float[] offsets = [0, 0.02f, -0.01f, 0.03f];
        SampleNetwork.Export(folder.File("bundle"), points: [new OperatingPoint(0.9, [0, 0, 0, 0]), new OperatingPoint(0.8, offsets)]);
        using var own = SlimmableModel.Load(folder.File("bundle"));
        using var other = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { TargetCost = 0.8 });

        var (plain, set) = (own.Route(SampleNetwork.Input), other.Route(SampleNetwork.Input));

        Assert.Equal(plain.GateLogits, set.GateLogits);
        Assert.Equal(sample.Alone.Select(answer => answer.Subnets[0]), plain.Subnets);
        Assert.NotEqual(plain.Subnets, set.Subnets);
        var expected = set.GateLogits.Chunk(offsets.Length).Select(row => row.Zip(offsets, (score, offset) => score + offset).Index().MaxBy(score => score.Item).Index);
        Assert.Equal(expected, set.Subnets);
    }

    [Fact]
    public void A_batch_of_mixed_widths_answers_in_order_as_its_rows_do_alone()
    {
        var batch = Model.Route(SampleNetwork.Input);

        Assert.Equal(SampleNetwork.Inputs, batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            AssertRow(row, batch, row);
        }

        Assert.Equal(sample.Alone.Sum(answer => answer.MAdds), batch.MAdds);
        Assert.Equal((double)batch.MAdds / SampleNetwork.Inputs, batch.MeanMAdds);
    }

    /// <summary>Also pieces: the model takes at most five rows at once.</summary>
    [Fact]
    public void Any_batch_answers_as_its_rows_do_alone()
    {
        using var model = SlimmableModel.Load(sample.Folder, new ModelOptions { LargestBatch = 5 });
        var batches = Gen.Choose(0, SampleNetwork.Inputs - 1).NonEmptyListOf().Where(rows => rows.Count <= 17).ToArbitrary();

        Prop.ForAll(batches, rows =>
        {
            var answer = model.Route(rows.SelectMany(row => SampleNetwork.InputRow(row).ToArray()).ToArray());
            Assert.Equal(rows.Count, answer.Count);
            foreach (var (position, row) in rows.Index())
            {
                AssertRow(row, answer, position);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Answers_go_where_the_caller_wants_them_and_only_those_it_wants()
    {
        var expected = Model.Route(SampleNetwork.Input);
        var logits = new float[expected.Logits.Length];
        var subnets = new int[expected.Subnets.Length];
        var gateLogits = new float[expected.GateLogits.Length];

        Assert.Equal(expected.MAdds, Model.Route(SampleNetwork.Input, logits));
        Assert.Equal(expected.Logits, logits);
        Model.Route(SampleNetwork.Input, new float[logits.Length], subnets, gateLogits);
        Assert.Equal(expected.Subnets, subnets);
        Assert.Equal(expected.GateLogits, gateLogits);
    }

    /// <summary>The input is read where it lies, and the place is remembered: it must be the caller's each time.</summary>
    [Fact]
    public void Memory_that_comes_moves_and_goes_is_followed()
    {
        for (var round = 0; round < 8; round++)
        {
            for (var row = 0; row < SampleNetwork.Inputs; row++)
            {
                // Short-lived and small enough to be moved by the collector.
                var input = SampleNetwork.InputRow(row).ToArray();
                AssertRow(row, Model.Route(input), 0);
                GC.Collect(row % 3, GCCollectionMode.Forced, blocking: true, compacting: true);
                AssertRow(row, Model.Route(input), 0);
            }
        }
    }

    [Fact]
    public void A_warm_request_allocates_at_most_256_bytes()
    {
        const int Requests = 100;
        var logits = new float[10];
        var elsewhere = SampleNetwork.InputRow(1).ToArray();
        var requests = new Action[]
        {
            () => Model.Route(SampleNetwork.InputRow(0), logits),
            () => Model.Route(elsewhere, logits, subnet: "uniform-3"),
            () => Model.RunStandalone(SampleNetwork.InputRow(0), logits, "uniform-1"),
        };
        Array.ForEach(requests, request => request());

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var request = 0; request < Requests; request++)
        {
            requests[request % requests.Length]();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Requests, 0, 256);
    }

    private void AssertRow(int expected, RoutingResult found, int row)
    {
        var alone = sample.Alone[expected];
        Assert.Equal(alone.Subnets[0], found.Subnets[row]);
        Near.Equal(alone.Logits, found.LogitsOf(row));
        Near.Equal(alone.GateLogits, found.GateLogitsOf(row));
    }
}
