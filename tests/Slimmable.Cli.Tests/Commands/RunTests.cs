using Slimmable.Models;

namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class RunTests(TrainedModel model) : IDisposable
{
    private const float Tolerance = 1e-4f;

    private readonly TemporaryFolder folder = new();

    private GoldenSamples Golden => model.Content.Golden!;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_gate_picks_a_subnet_for_each_row_and_that_one_answers_as_the_trainer_does()
    {
        WriteInput(TensorData.Of("input", Golden.Input.AsSpan(), Golden.Count, 1, 28, 28));

        var answer = Run().Json();

        Assert.Equal(["output", "images", "subnets", "meanMadds"], Keys.Of(answer));
        using var file = SafetensorsFile.Open(folder.File("out.safetensors"));
        Assert.Equal(["gate_logits", "logits", "subnet"], file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([Golden.Count, 10], file.Entry("logits").Shape);
        Assert.Equal([Golden.Count], file.Entry("subnet").Shape);
        Assert.Equal(TensorType.I64, file.Entry("subnet").Type);
        Assert.Equal([Golden.Count, 3], file.Entry("gate_logits").Shape);
        AssertClose(Golden.GateLogits!, file.Singles("gate_logits"));

        var (logits, subnets) = (file.Singles("logits"), file.Int64s("subnet"));
        Assert.True(subnets.Distinct().Count() > 1, "the gate sends every image one way: this proves little");
        for (var row = 0; row < Golden.Count; row++)
        {
            var scores = Golden.GateLogits.AsSpan(row * 3, 3).ToArray();
            Assert.Equal(Array.IndexOf(scores, scores.Max()), subnets[row]);
            AssertClose(RowOf(Golden.Logits[$"uniform-{subnets[row]}"], row), RowOf(logits, row));
        }

        Assert.Equal(subnets.CountBy(index => $"uniform-{index}").ToDictionary(), answer.GetProperty("subnets").EnumerateObject().ToDictionary(share => share.Name, share => share.Value.GetInt32()));
    }

    [Theory]
    [InlineData("uniform-0", 0)]
    [InlineData("uniform-2", 2)]
    public void A_forced_subnet_answers_every_row_through_the_trunk_and_alone(string subnet, long index)
    {
        WriteInput(TensorData.Of("input", Golden.Input.AsSpan(), Golden.Count, 1, 28, 28));

        Run("--subnet", subnet).Succeeded();
        var (forced, chosen) = ReadOutput();
        Run("--subnet", subnet, "--full", "--threads", "1").Succeeded();
        var (alone, same) = ReadOutput();

        Assert.All(chosen.Concat(same), found => Assert.Equal(index, found));
        AssertClose(Golden.Logits[subnet], forced);
        AssertClose(Golden.Logits[subnet], alone);
    }

    [Fact]
    public void Half_precision_inputs_are_taken_too()
    {
        var halves = Golden.Input.AsSpan(0, 784).ToArray().SelectMany(value => BitConverter.GetBytes((Half)value)).ToArray();
        WriteInput(new TensorData("input", TensorType.F16, [1, 1, 28, 28], halves));

        var answer = Run().Json();

        Assert.Equal(1, answer.GetProperty("images").GetInt32());
    }

    [Theory]
    [InlineData(4, 1, 28, 27)]
    [InlineData(4, 3, 28, 28)]
    [InlineData(0, 1, 28, 28)]
    public void A_wrong_shape_is_refused(int count, int channels, int height, int width)
    {
        WriteInput(TensorData.Of("input", new float[count * channels * height * width].AsSpan(), count, channels, height, width));

        Refuse([], "in.safetensors", "[N, 1, 28, 28]", $"[{count}, {channels}, {height}, {width}]");
    }

    [Fact]
    public void A_missing_batch_dimension_is_refused()
    {
        WriteInput(TensorData.Of("input", new float[784].AsSpan(), 1, 28, 28));

        Refuse([], "in.safetensors", "[N, 1, 28, 28]", "[1, 28, 28]");
    }

    [Fact]
    public void Not_a_number_in_the_input_is_refused_and_found()
    {
        var input = Golden.Input.AsSpan(0, 3 * 784).ToArray();
        input[784 + 57] = float.NaN;
        WriteInput(TensorData.Of("input", input.AsSpan(), 3, 1, 28, 28));

        Refuse([], "in.safetensors", "row 1", "NaN", "57");
        Refuse(["--subnet", "uniform-1", "--full"], "in.safetensors", "row 1", "NaN", "57");
    }

    [Fact]
    public void A_missing_tensor_or_one_that_is_no_floats_is_refused()
    {
        WriteInput(TensorData.Of("images", new float[784].AsSpan(), 1, 1, 28, 28));
        Refuse([], "in.safetensors", "'input'");

        WriteInput(TensorData.Of("input", new long[784].AsSpan(), 1, 1, 28, 28));
        Refuse([], "in.safetensors", "'input'", "I64");
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
    {
        WriteInput(TensorData.Of("input", Golden.Input.AsSpan(), Golden.Count, 1, 28, 28));
        File.WriteAllBytes(folder.File("in.safetensors"), File.ReadAllBytes(folder.File("in.safetensors"))[..^1]);

        Refuse([], "in.safetensors");
    }

    [Fact]
    public void A_subnet_or_graph_that_is_not_there_is_refused()
    {
        WriteInput(TensorData.Of("input", Golden.Input.AsSpan(), Golden.Count, 1, 28, 28));

        Refuse(["--subnet", "uniform-7"], "'uniform-7'", "'uniform-2'");
        Refuse(["--full"], "--full", "--subnet");
        SlimmableProgram.Run(folder.Path, "export", model.Path, "--out", "tails").Succeeded();
        SlimmableProgram.Run(folder.Path, "run", "tails", "--in", "in.safetensors", "--out", "out.safetensors", "--subnet", "uniform-1", "--full")
            .Refused(1, "uniform-1");
        SlimmableProgram.Run(folder.Path, "run", "nowhere", "--in", "in.safetensors", "--out", "out.safetensors").Refused(1, "nowhere");
        Assert.False(File.Exists(folder.File("out.safetensors")));
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused()
    {
        WriteInput(TensorData.Of("input", new float[784].AsSpan(), 1, 1, 28, 28));
        File.WriteAllText(folder.File("file"), "in the way");

        SlimmableProgram.Run(folder.Path, "run", model.Bundle, "--in", "in.safetensors", "--out", Path.Combine("file", "out.safetensors"))
            .Refused(1, Path.Combine("file", "out.safetensors"));
        Assert.Equal(["file", "in.safetensors"], folder.Names());
    }

    private void WriteInput(TensorData tensor) => SafetensorsWriter.Write(folder.File("in.safetensors"), [tensor]);

    private ProgramResult Run(params IReadOnlyList<string> options) =>
        SlimmableProgram.Run(folder.Path, ["run", model.Bundle, "--in", "in.safetensors", "--out", "out.safetensors", "--json", .. options]);

    private void Refuse(IReadOnlyList<string> options, params IReadOnlyList<string> mentions)
    {
        Run(options).Refused(1, mentions);
        Assert.Equal(["in.safetensors"], folder.Names());
    }

    private (float[] Logits, long[] Subnets) ReadOutput()
    {
        using var file = SafetensorsFile.Open(folder.File("out.safetensors"));
        return (file.Singles("logits"), file.Int64s("subnet"));
    }

    private static float[] RowOf(float[] logits, int row) => logits.AsSpan(row * 10, 10).ToArray();

    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.InRange(expected.Zip(found, (left, right) => MathF.Abs(left - right)).Max(), 0, Tolerance);
    }
}
