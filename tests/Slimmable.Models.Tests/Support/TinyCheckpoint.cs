namespace Slimmable.Models.Tests;

/// <summary>A checkpoint of the tiny network with everything a checkpoint can carry.</summary>
internal static class TinyCheckpoint
{
    private const int Images = 2;

    public static Checkpoint Value { get; } = Of(TinyNetwork.Graph) with
    {
        Info = new CheckpointInfo
        {
            Recipe = """{"epochs": 3}""",
            Seed = -7,
            DataSet = "tiny-mnist",
            Labels = ["a", "b", "ß \"quoted\""],
            Preprocessing = new Preprocessing(1.0 / 255, [0.2860], [0.3530]),
            OperatingPoints = [new OperatingPoint(0.5, [0, 0]), new OperatingPoint(0.25, [0.75f, -1.5f])],
            Accuracy = new AccuracyReport(
                10_000,
                [new("narrow", 80.5), new("wide", 91.25)],
                [
                    new RoutedAccuracy(90.75, 901.5, new Dictionary<string, double> { ["narrow"] = 0.25, ["wide"] = 0.75 }, 0.5),
                    new RoutedAccuracy(85.5, 801.25, new Dictionary<string, double> { ["narrow"] = 0.75, ["wide"] = 0.25 }, 0.25),
                ]),
        },
        Golden = new GoldenSamples(
            Images,
            Numbers(Images * 24),
            new Dictionary<string, float[]> { ["narrow"] = Numbers(Images * 3), ["wide"] = Numbers(Images * 3) },
            Numbers(Images * 2)),
    };

    /// <summary>Numbers of no meaning for any graph, and nothing else.</summary>
    public static Checkpoint Of(SupernetGraph graph) =>
        new(graph, graph.Tensors.ToDictionary(tensor => tensor.Name, tensor => Numbers(Count(tensor))), new CheckpointInfo());

    public static Checkpoint With(this Checkpoint checkpoint, string tensor, float[] values) =>
        checkpoint with { Weights = new Dictionary<string, float[]>(checkpoint.Weights) { [tensor] = values } };

    private static int Count(TensorSpec tensor) => tensor.FullShape.Aggregate(1, (product, length) => product * length);

    private static float[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(index => index / 7f)];
}
