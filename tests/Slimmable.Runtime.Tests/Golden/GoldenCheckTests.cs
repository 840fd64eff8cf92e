using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

public sealed class GoldenCheckTests(SampleBundle sample) : IClassFixture<SampleBundle>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Graphs_that_answer_as_the_trainer_did_agree()
    {
        var report = Check(Samples());

        Assert.Equal(SampleNetwork.Inputs, report.Samples);
        Assert.Equal(
            [
                "gate.onnx",
                "subnet-uniform-0.onnx", "full-uniform-0.onnx", "subnet-uniform-1.onnx", "full-uniform-1.onnx",
                "subnet-uniform-2.onnx", "full-uniform-2.onnx", "subnet-uniform-3.onnx", "full-uniform-3.onnx",
            ],
            report.Graphs.Select(graph => graph.File));
        Assert.Empty(report.Beyond());
    }

    [Fact]
    public void A_graph_that_answers_otherwise_is_named_with_how_much_of_its_largest_answer()
    {
        var samples = Samples();
        var largest = samples.Logits["uniform-2"].Max(MathF.Abs);
        Assert.True(largest > 1);
        samples.Logits["uniform-2"][Array.FindIndex(samples.Logits["uniform-2"], logit => MathF.Abs(logit) < largest / 2)] += largest / 4;

        var report = Check(samples);

        Assert.Equal(["subnet-uniform-2.onnx", "full-uniform-2.onnx"], report.Beyond().Select(graph => graph.File));
        Assert.All(report.Beyond(), graph => Assert.Equal(0.25f, graph.Largest, 0.001f));
        Assert.Equal(report.Beyond().Max(graph => graph.Largest), report.Largest);
        Assert.Empty(report.Beyond(tolerance: 0.3f));
    }

    [Fact]
    public void A_gate_that_scores_otherwise_is_named()
    {
        var samples = Samples();
        samples.GateLogits![^1] -= 1;

        Assert.Equal("gate.onnx", Assert.Single(Check(samples).Beyond()).File);
    }

    [Fact]
    public void The_graph_that_routes_by_itself_is_checked_too()
    {
        Assert.Equal("routed.onnx", Check(Samples(), routed: true).Graphs[^1].File);
        Assert.Empty(Check(Samples(), routed: true).Beyond());

        var otherAnswer = Samples();
        var row = sample.Alone.Index().First(answer => answer.Item.Subnets[0] == 2).Index;
        otherAnswer.Logits["uniform-2"][row * SampleNetwork.Graph.Classes] += 1 + otherAnswer.Logits["uniform-2"].Max(MathF.Abs);
        Assert.Equal(
            ["subnet-uniform-2.onnx", "full-uniform-2.onnx", "routed.onnx"], Check(otherAnswer, routed: true).Beyond().Select(graph => graph.File));

        var otherChoice = Samples();
        otherChoice.GateLogits!.AsSpan(0, 4).Reverse();
        Assert.Equal(["gate.onnx", "routed.onnx"], Check(otherChoice, routed: true).Beyond().Select(graph => graph.File));
        Assert.Equal(float.PositiveInfinity, Check(otherChoice, routed: true).Graphs[^1].Largest);
    }

    [Fact]
    public void A_golden_NaN_never_agrees()
    {
        var samples = Samples();
        samples.Logits["uniform-0"][0] = float.NaN;

        var report = Check(samples);

        Assert.Equal(["subnet-uniform-0.onnx", "full-uniform-0.onnx"], report.Beyond(float.MaxValue).Select(graph => graph.File));
    }

    [Fact]
    public void A_bundle_without_samples_says_so()
    {
        var report = GoldenCheck.Run(sample.Model);

        Assert.Equal(0, report.Samples);
        Assert.Empty(report.Graphs);
        Assert.Equal(0, report.Largest);
    }

    [Fact]
    public void Without_a_gate_every_standalone_graph_is_checked()
    {
        var graph = SampleNetwork.GraphWithoutGate;
        SampleNetwork.Export(Bundle, graph);
        GoldenSamples samples;
        using (var answering = SlimmableModel.Load(Bundle))
        {
            samples = new(
                SampleNetwork.Inputs,
                SampleNetwork.Input,
                graph.Subnets.ToDictionary(subnet => subnet.Name, subnet => subnet.Routable
                    ? answering.Route(SampleNetwork.Input, subnet.Name).Logits
                    : new float[SampleNetwork.Inputs * graph.Classes]),
                GateLogits: null);
        }

        samples.Logits["uniform-1"][3] -= 0.5f;
        SampleNetwork.Export(Bundle, graph, samples);
        using var model = SlimmableModel.Load(Bundle);

        var report = GoldenCheck.Run(model);

        Assert.Equal(
            ["full-uniform-0.onnx", "full-uniform-1.onnx", "full-uniform-2.onnx", "full-uniform-3.onnx"], report.Graphs.Select(graph => graph.File));
        Assert.Equal("full-uniform-1.onnx", Assert.Single(report.Beyond()).File);
    }

    [Fact]
    public void A_golden_file_of_another_shape_is_named_with_the_tensor()
    {
        SampleNetwork.Export(Bundle, golden: Samples());
        var path = Path.Combine(Bundle, BundleFormat.GoldenFile);
        SafetensorsWriter.Write(path, [TensorData.Of("input", SampleNetwork.Input.AsSpan(), SampleNetwork.Inputs, 3, 32, 128)]);
        ManifestFiles.Rewrite(Bundle, manifest => manifest);
        using var model = SlimmableModel.Load(Bundle);

        var fault = Assert.Throws<InvalidFileException>(() => GoldenCheck.Run(model));

        Assert.Equal($"{path}: tensor 'input': expected [16, 3, 64, 64], found [16, 3, 32, 128]", fault.Message);
    }

    public void Dispose() => folder.Dispose();

    private string Bundle => folder.File("golden");

    private GoldenReport Check(GoldenSamples samples, bool routed = false)
    {
        SampleNetwork.Export(Bundle, golden: samples, routed: routed);
        using var model = SlimmableModel.Load(Bundle);
        return GoldenCheck.Run(model);
    }

    /// <summary>What a trainer would have written, had it run one input at a time.</summary>
    private GoldenSamples Samples() => new(
        SampleNetwork.Inputs,
        SampleNetwork.Input,
        SampleNetwork.Graph.Subnets.ToDictionary(
            subnet => subnet.Name,
            subnet => sample.Model.Subnets.Any(routable => routable.Name == subnet.Name)
                ? OneByOne(row => sample.Model.RunStandalone(row, subnet.Name).Logits)
                : new float[SampleNetwork.Inputs * SampleNetwork.Graph.Classes]),
        OneByOne(row => sample.Model.Route(row).GateLogits));

    private static float[] OneByOne(Func<float[], float[]> answer) => [.. SampleNetwork.Input.Chunk(SampleNetwork.InputLength).SelectMany(answer)];
}
