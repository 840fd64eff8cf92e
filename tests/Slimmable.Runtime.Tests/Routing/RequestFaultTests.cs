namespace Slimmable.Runtime.Tests;

public sealed class RequestFaultTests(SampleBundle sample) : IClassFixture<SampleBundle>
{
    private const string Names = "'uniform-0', 'uniform-1', 'uniform-2', 'uniform-3'";

    private SlimmableModel Model => sample.Model;

    [Theory]
    [InlineData(0)]
    [InlineData(12287)]
    [InlineData(12289)]
    public void Numbers_that_are_no_whole_inputs_are_refused_with_the_shape(int length)
    {
        var expected = $"input: expected whole inputs of [3, 64, 64], 12288 numbers each, found {length} numbers";

        Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => Model.Route(new float[length])).Message);
        Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => Model.RunStandalone(new float[length], "uniform-0")).Message);
    }

    [Fact]
    public void A_shape_is_checked_before_its_numbers_are_read()
    {
        Assert.Equal(5, Model.RowsIn([5, 3, 64, 64]));
        foreach (long[] shape in new long[][] { [], [0, 3, 64, 64], [-1, 3, 64, 64], [3, 64, 64], [1, 3, 64, 65], [1L << 32, 3, 64, 64], [1, 3, 64, 64, 1] })
        {
            var fault = Assert.Throws<InvalidInputException>(() => Model.RowsIn(shape));
            Assert.Equal($"input: expected [N, 3, 64, 64], found [{string.Join(", ", shape)}]", fault.Message);
        }
    }

    [Fact]
    public void A_subnet_that_is_not_there_is_refused_with_those_that_are()
    {
        var expected = $"subnet: expected one of {Names}, found 'largest'";

        Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => Model.Route(SampleNetwork.Input, "largest")).Message);
        Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => Model.RunStandalone(SampleNetwork.Input, "largest")).Message);
    }

    [Fact]
    public void NaN_is_refused_with_its_place_wherever_in_a_long_batch_it_stands()
    {
        using var model = SlimmableModel.Load(sample.Folder, new ModelOptions { LargestBatch = 4 });
        foreach (var row in new[] { 0, 6, 15 })
        {
            var input = SampleNetwork.Input.ToArray();
            input[(row * SampleNetwork.InputLength) + 5000] = float.NaN;
            var expected = $"input row {row}: expected numbers, found NaN at element 5000 of 12288";

            Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => model.Route(input)).Message);
            Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => model.Route(input, "uniform-3")).Message);
            Assert.Equal(expected, Assert.Throws<InvalidInputException>(() => model.RunStandalone(input, "uniform-3")).Message);
        }
    }

    [Fact]
    public void Numbers_too_large_to_be_answered_are_refused_with_the_graph_that_gave_up()
    {
        var input = new float[SampleNetwork.InputLength];
        Array.Fill(input, float.PositiveInfinity);

        var fault = Assert.Throws<InvalidInputException>(() => Model.Route(input));

        Assert.Equal("input row 0: expected numbers that the model can answer, found that gate.onnx answers NaN", fault.Message);
    }

    [Fact]
    public void The_model_answers_on_after_a_refused_request()
    {
        var input = SampleNetwork.InputRow(0).ToArray();
        input[0] = float.NaN;
        Assert.Throws<InvalidInputException>(() => Model.Route(input));

        Near.Equal(sample.Alone[0], Model.Route(SampleNetwork.InputRow(0)));
    }

    [Fact]
    public void Places_for_answers_must_fit()
    {
        var input = SampleNetwork.Input;

        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Model.Route(input, new float[159])).ParamName);
        Assert.Equal("subnets", Assert.Throws<ArgumentException>(() => Model.Route(input, new float[160], new int[15])).ParamName);
        Assert.Equal("gateLogits", Assert.Throws<ArgumentException>(() => Model.Route(input, new float[160], [], new float[65])).ParamName);
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Model.RunStandalone(input, new float[161], "uniform-0")).ParamName);
    }

    [Fact]
    public void A_request_can_be_given_up()
    {
        var canceled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => Model.Route(SampleNetwork.Input, cancellation: canceled));
        Assert.Throws<OperationCanceledException>(() => Model.RunStandalone(SampleNetwork.Input, "uniform-0", canceled));
        Assert.Throws<OperationCanceledException>(() => SlimmableModel.Load(sample.Folder, cancellation: canceled));
    }

    [Fact]
    public void A_subnet_without_a_standalone_graph_is_named()
    {
        using var folder = new TemporaryFolder();
        SampleNetwork.Export(folder.File("bundle"), full: false);
        using var model = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { LoadStandalone = true });

        var fault = Assert.Throws<InvalidInputException>(() => model.RunStandalone(SampleNetwork.Input, "uniform-1"));

        Assert.Equal("subnet 'uniform-1': expected one with a standalone graph, found none in the bundle", fault.Message);
    }

    [Fact]
    public void A_disposed_model_takes_no_requests()
    {
        var model = SlimmableModel.Load(sample.Folder);
        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Route(SampleNetwork.Input));
        Assert.Throws<ObjectDisposedException>(() => model.RunStandalone(SampleNetwork.Input, "uniform-0"));
    }
}
