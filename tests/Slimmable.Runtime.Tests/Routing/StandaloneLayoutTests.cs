using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>Bundles whose subnets take the input itself.</summary>
public sealed class StandaloneLayoutTests(SampleBundle sample) : IClassFixture<SampleBundle>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Bundle => folder.File("bundle");

    [Fact]
    public void Without_a_gate_the_caller_chooses()
    {
        SampleNetwork.Export(Bundle, SampleNetwork.GraphWithoutGate);
        using var model = SlimmableModel.Load(Bundle);

        var answer = model.Route(SampleNetwork.Input, "uniform-1");

        Near.Equal(model.RunStandalone(SampleNetwork.Input, "uniform-1"), answer);
        Assert.Empty(answer.GateLogits);
        Assert.Equal(SampleNetwork.Inputs * model.Subnets[1].MAdds, answer.MAdds);
        Assert.Equal(
            "subnet: expected one of 'uniform-0', 'uniform-1', 'uniform-2', 'uniform-3', as the bundle has no gate, found none",
            Assert.Throws<InvalidInputException>(() => model.Route(SampleNetwork.Input)).Message);
    }

    [Fact]
    public void Without_a_gate_too_the_callers_memory_takes_the_answers_and_NaN_is_named()
    {
        SampleNetwork.Export(Bundle, SampleNetwork.GraphWithoutGate);
        using var model = SlimmableModel.Load(Bundle, new ModelOptions { LargestBatch = 3 });
        var logits = new float[SampleNetwork.Inputs * SampleNetwork.Graph.Classes];
        var subnets = new int[SampleNetwork.Inputs];

        var madds = model.Route(SampleNetwork.Input, logits, subnets, subnet: "uniform-2");

        Assert.Equal(SampleNetwork.Inputs * model.Subnets[2].MAdds, madds);
        Assert.All(subnets, subnet => Assert.Equal(2, subnet));
        Near.Equal(model.RunStandalone(SampleNetwork.Input, "uniform-2").Logits, logits);
        Assert.Throws<InvalidInputException>(() => model.Route(SampleNetwork.Input, logits, subnets));

        var broken = SampleNetwork.Input.ToArray();
        broken[(5 * SampleNetwork.InputLength) + 7] = float.NaN;
        Assert.Equal(
            $"input row 5: expected numbers, found NaN at element 7 of {SampleNetwork.InputLength}",
            Assert.Throws<InvalidInputException>(() => model.Route(broken, "uniform-0")).Message);
    }

    [Fact]
    public void With_a_gate_that_shares_no_trunk_the_answers_are_the_same()
    {
        SampleNetwork.Export(Bundle, full: false, layout: BundleLayout.Standalone);
        using var model = SlimmableModel.Load(Bundle);

        var batch = model.Route(SampleNetwork.Input);

        for (var row = 0; row < SampleNetwork.Inputs; row++)
        {
            Assert.Equal(sample.Alone[row].Subnets[0], batch.Subnets[row]);
            Near.Equal(sample.Alone[row].Logits, batch.LogitsOf(row));
        }

        // Nothing of the gate's graph is needed where the caller chooses.
        Assert.Empty(model.Route(SampleNetwork.Input, "uniform-0").GateLogits);
    }

    public void Dispose() => folder.Dispose();
}
