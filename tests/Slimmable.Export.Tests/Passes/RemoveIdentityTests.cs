using static Slimmable.Export.Tests.PlainNetworks;

namespace Slimmable.Export.Tests;

public sealed class RemoveIdentityTests
{
    [Fact]
    public void Its_readers_read_what_it_read()
    {
        var network = Of([Conv("conv", "x", bias: false), Identity("one", "conv"), Identity("two", "one"), Relu("relu", "two")], "relu");

        var removed = RemoveIdentity.Apply(network);

        Assert.Equal(["conv", "relu"], removed.Nodes.Select(node => node.Name));
        AssertSameAnswers(network, removed);
    }

    [Fact]
    public void An_output_that_was_an_identity_is_what_it_read()
    {
        var network = Of([Conv("conv", "x", bias: false), Identity("last", "conv")], "last");

        var removed = RemoveIdentity.Apply(network);

        Assert.Equal("conv", removed.Outputs.Single().Value);
        AssertSameAnswers(network, removed);
    }

    [Fact]
    public void Between_an_input_and_an_output_it_stays()
    {
        var network = Of([Identity("only", "x", 2, 3, 3)], "only");

        var removed = RemoveIdentity.Apply(network);

        Assert.Single(removed.Nodes);
        AssertSameAnswers(network, removed);
    }

    [Fact]
    public void One_value_under_two_output_names_keeps_one_identity()
    {
        var network = Of([Conv("conv", "x", bias: false), Identity("left", "conv"), Identity("right", "conv")], "left", "right");

        var removed = RemoveIdentity.Apply(network);

        Assert.Equal(["conv", "right"], removed.Nodes.Select(node => node.Name));
        AssertSameAnswers(network, removed);
    }
}
