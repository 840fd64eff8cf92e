namespace Slimmable.Models.Tests;

/// <summary>Training that went wrong must not take the place of a good checkpoint: what would not be read is not written.</summary>
public sealed class CheckpointWriterTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_that_would_not_be_read_are_all_named()
    {
        var weights = new Dictionary<string, float[]>(TinyCheckpoint.Value.Weights)
        {
            ["stem.conv.weight"] = [.. Enumerable.Repeat(1f, 17), float.NaN],
            ["stem.norm.weight"] = [1, float.NegativeInfinity],
            ["body.norm.0.running_var"] = [1, 1, -0.5f, 1],
            ["head.linear.bias"] = [1, 2],
            ["extra.weight"] = [1],
        };
        weights.Remove("body.conv.weight");

        AssertRefused(
            TinyCheckpoint.Value with { Weights = weights },
            "tensor 'stem.conv.weight': expected finite numbers, found NaN at element 17",
            "tensor 'stem.norm.weight': expected finite numbers, found -Infinity at element 1",
            "tensor 'body.conv.weight': expected, found none",
            "tensor 'body.norm.0.running_var': expected variances from 0 up, found -0.5 at element 2",
            "tensor 'head.linear.bias': expected 3 numbers, found 2",
            "tensor 'extra.weight': the graph has no such tensor");
    }

    [Fact]
    public void Golden_samples_that_would_not_be_read_are_all_named()
    {
        var golden = TinyCheckpoint.Value.Golden! with
        {
            Input = new float[47],
            Logits = new Dictionary<string, float[]> { ["narrow"] = new float[5] },
            GateLogits = [1, 2, 3, float.NaN],
        };

        AssertRefused(
            TinyCheckpoint.Value with { Golden = golden },
            "tensor 'golden.input': expected 48 numbers, found 47",
            "tensor 'golden.logits.narrow': expected 6 numbers, found 5",
            "tensor 'golden.logits.wide': expected, found none",
            "tensor 'golden.gate_logits': expected finite numbers, found NaN at element 3");
        AssertRefused(
            TinyCheckpoint.Value with { Golden = TinyCheckpoint.Value.Golden! with { GateLogits = null } },
            "tensor 'golden.gate_logits': expected, found none");
        AssertRefused(
            TinyCheckpoint.Value with { Golden = new GoldenSamples(0, [], new Dictionary<string, float[]> { ["narrow"] = [], ["wide"] = [] }, []) },
            "tensor 'golden.input': expected at least one image");
    }

    [Fact]
    public void Facts_that_would_not_be_read_are_all_named()
    {
        var info = TinyCheckpoint.Value.Info with
        {
            Labels = ["a", null!],
            Preprocessing = new Preprocessing(0, [double.NaN], [0, 1]),
            OperatingPoints = [new OperatingPoint(0.5, [0, 0.5f]), new OperatingPoint(1.5, [0]), new OperatingPoint(0.5, [0, 0])],
            Accuracy = new AccuracyReport(0, [new("nobody", 101)], [new RoutedAccuracy(double.NaN, -1, new Dictionary<string, double> { ["narrow"] = 2 }, 0), null!]),
        };

        AssertRefused(TinyCheckpoint.Value with { Info = info }, FaultsOfInfo);
    }

    /// <summary>What is wrong with the facts above, whichever way they come.</summary>
    internal static readonly string[] FaultsOfInfo =
    [
        "preprocessing.scale: expected above 0, found 0",
        "preprocessing.mean: expected 1 finite numbers, found [NaN]",
        "preprocessing.std: expected 1 numbers above 0, found [0, 1]",
        "labels: expected 3 names, found 2",
        "labels: found null in the list",
        "operatingPoints[0]: expected offsets of zero, for the first point is the gate's own",
        "operatingPoints[1]: expected a targetCost in (0, 1] and a finite offset for each of 2 candidates, found 1.5 with 1 offsets",
        "operatingPoints: targetCost 0.5 is listed twice",
        "accuracy.images: expected at least 1, found 0",
        "accuracy.subnets: expected subnets of the graph with percentages, found 'nobody' with 101",
        "accuracy.routedAt[0].top1: expected a percentage, found NaN",
        "accuracy.routedAt[0].meanMAdds: expected from 0 up, found -1",
        "accuracy.routedAt[0].targetCost: expected above 0 and at most 1, found 0",
        "accuracy.routedAt[0].shares: expected candidates with parts in 0..1, found 'narrow' with 2",
        "accuracy.routedAt[1]: found null in the list",
    ];

    private void AssertRefused(Checkpoint checkpoint, params string[] faults)
    {
        var fault = Assert.Throws<InvalidOptionsException>(() => checkpoint.Write(folder.File("a.safetensors")));

        Assert.Equal(faults, fault.Faults);
        Assert.StartsWith("checkpoint 'tiny': ", fault.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }
}
