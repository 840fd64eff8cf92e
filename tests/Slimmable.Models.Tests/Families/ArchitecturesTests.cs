namespace Slimmable.Models.Tests;

public class ArchitecturesTests
{
    public static TheoryData<string> Presets => [.. Architectures.Names];

    [Fact]
    public void The_presets_are_these() =>
        Assert.Equal(["ds-mbnet-fashion", "ds-mbnet-fashion-quick", "ds-mbnet-imagenet", "ds-mbnet-mini"], Architectures.Names);

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_carries_its_name_and_a_gate_that_routes(string preset)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(preset, graph.Name);
        Assert.Equal(graph.Routable.Select(subnet => subnet.Name).Take(4), graph.Gate!.Candidates);
    }

    [Fact]
    public void Asking_for_an_unknown_preset_lists_those_there_are()
    {
        var fault = Assert.Throws<SlimmableException>(() => Architectures.Build("resnet"));

        Assert.Equal(
            "architecture 'resnet': expected one of ds-mbnet-fashion, ds-mbnet-fashion-quick, ds-mbnet-imagenet, ds-mbnet-mini", fault.Message);
    }
}
