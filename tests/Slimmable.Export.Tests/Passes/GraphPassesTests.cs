using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class GraphPassesTests
{
    [Fact]
    public void Identities_go_first_so_that_they_hide_no_convolution_from_its_norm()
    {
        var network = PlainNetworks.Of(
            [PlainNetworks.Conv("conv", "x", bias: false), PlainNetworks.Identity("between", "conv"), PlainNetworks.Norm("norm", "between")], "norm");

        Assert.IsType<PlainConv>(GraphPasses.Run(network).Nodes.Single());
    }

    [Fact]
    public void A_family_loses_all_its_norms()
    {
        var graph = Architectures.Build("ds-mbnet-mini");
        var network = new SubnetSlicer(RandomCheckpoint.Of(graph), graph.Routable[0])
            .Slice("full", ("input", graph.Input.Name), ("logits", graph.Definition.Logits));

        Assert.DoesNotContain(GraphPasses.Run(network).Nodes, node => node is PlainBatchNorm or PlainIdentity);
    }
}
