using static Slimmable.Export.Tests.PlainNetworks;

namespace Slimmable.Export.Tests;

public sealed class FoldBatchNormTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_norm_after_a_convolution_becomes_part_of_it(bool bias)
    {
        var network = Of([Conv("conv", "x", bias), Norm("norm", "conv"), Relu("relu", "norm")], "relu");

        var folded = FoldBatchNorm.Apply(network);

        Assert.Equal(["conv", "relu"], folded.Nodes.Select(node => node.Name));
        Assert.Equal(["conv"], folded.Nodes[1].Inputs);
        AssertSameAnswers(network, folded);
    }

    [Fact]
    public void The_numbers_are_those_of_the_formula()
    {
        var (conv, norm) = (Conv("conv", "x", bias: true), Norm("norm", "conv"));

        var folded = Assert.IsType<PlainConv>(FoldBatchNorm.Apply(Of([conv, norm], "norm")).Nodes.Single());

        for (var channel = 0; channel < 3; channel++)
        {
            var scale = Number(norm.Gamma, channel) / Math.Sqrt(Number(norm.Variance, channel) + 1e-3);
            var shift = (double)Number(conv.Bias!, channel) - Number(norm.Mean, channel);
            Assert.Equal((float)((scale * shift) + Number(norm.Beta, channel)), Number(folded.Bias!, channel));
            Assert.Equal((float)(scale * Number(conv.Weight, (channel * 18) + 5)), Number(folded.Weight, (channel * 18) + 5));
        }

        static float Number(PlainTensor tensor, int index) => tensor.Values.ToArray()[index];
    }

    [Fact]
    public void The_convolution_that_was_given_is_left_alone()
    {
        var conv = Conv("conv", "x", bias: true);
        var before = conv.Weight.Values.ToArray();

        FoldBatchNorm.Apply(Of([conv, Norm("norm", "conv")], "norm"));

        Assert.Equal(before, conv.Weight.Values.ToArray());
    }

    [Fact]
    public void An_output_that_was_the_norm_is_the_convolution()
    {
        var network = Of([Conv("conv", "x", bias: false), Norm("norm", "conv")], "norm");

        var folded = FoldBatchNorm.Apply(network);

        Assert.Equal(("output_0", "conv"), (folded.Outputs[0].Name, folded.Outputs[0].Value));
        AssertSameAnswers(network, folded);
    }

    [Fact]
    public void Two_norms_in_a_row_both_fold()
    {
        var network = Of([Conv("conv", "x", bias: false), Norm("first", "conv"), Norm("second", "first")], "second");

        var folded = FoldBatchNorm.Apply(network);

        Assert.IsType<PlainConv>(folded.Nodes.Single());
        AssertSameAnswers(network, folded);
    }

    [Fact]
    public void Both_branches_of_a_sum_fold()
    {
        var network = Of(
            [
                Conv("branch", "x", bias: false), Norm("branch_norm", "branch"),
                Conv("shortcut", "x", bias: true), Norm("shortcut_norm", "shortcut"),
                new PlainAdd("sum", ["branch_norm", "shortcut_norm"], [3, 3, 3]), Relu("relu", "sum"),
            ],
            "relu");

        var folded = FoldBatchNorm.Apply(network);

        Assert.Equal(["branch", "shortcut", "sum", "relu"], folded.Nodes.Select(node => node.Name));
        Assert.Equal(["branch", "shortcut"], folded.Nodes[2].Inputs);
        AssertSameAnswers(network, folded);
    }

    [Fact]
    public void A_norm_that_both_sides_of_a_sum_read_folds_once()
    {
        var network = Of([Conv("conv", "x", bias: false), Norm("norm", "conv"), new PlainAdd("sum", ["norm", "norm"], [3, 3, 3])], "sum");

        var folded = FoldBatchNorm.Apply(network);

        Assert.Equal(["conv", "sum"], folded.Nodes.Select(node => node.Name));
        AssertSameAnswers(network, folded);
    }

    [Fact]
    public void A_convolution_that_another_node_reads_is_not_touched() =>
        AssertUntouched(Of([Conv("conv", "x", bias: false), Norm("norm", "conv"), new PlainAdd("add", ["norm", "conv"], [3, 3, 3])], "add"));

    [Fact]
    public void A_convolution_that_is_an_output_is_not_touched() =>
        AssertUntouched(Of([Conv("conv", "x", bias: false), Norm("norm", "conv")], "norm", "conv"));

    [Fact]
    public void A_norm_after_anything_else_stays() =>
        AssertUntouched(Of([Conv("conv", "x", bias: false), Relu("relu", "conv"), Norm("norm", "relu")], "norm"));

    private static void AssertUntouched(PlainNetwork network)
    {
        var folded = FoldBatchNorm.Apply(network);
        Assert.Equal(network.Nodes.Select(node => (node.Name, node.GetType())), folded.Nodes.Select(node => (node.Name, node.GetType())));
        AssertSameAnswers(network, folded);
    }
}
