namespace Slimmable.Models.Tests;

public class ArchitecturesTests
{
    public static TheoryData<string> Presets => [.. Architectures.Names];

    public static TheoryData<string> GatedPresets => [.. Architectures.Names.Where(name => name.StartsWith("ds-", StringComparison.Ordinal))];

    public static TheoryData<string> SlimmablePresets => [.. Architectures.Names.Where(name => !name.StartsWith("ds-", StringComparison.Ordinal))];

    public static TheoryData<string> SmallPresets => [.. Architectures.Names.Where(name => name.EndsWith("-32", StringComparison.Ordinal))];

    [Fact]
    public void The_presets_are_these() => Assert.Equal(
        [
            "ds-mbnet-32", "ds-mbnet-fashion", "ds-mbnet-fashion-quick", "ds-mbnet-imagenet", "ds-mbnet-mini", "ds-resnet-fashion", "ds-resnet-fashion-small",
            "s-mobilenet-v1", "s-mobilenet-v1-32", "s-resnet-18", "s-resnet-20-32", "s-resnet-29-32", "s-resnet-50",
            "s-vgg-11-32", "s-vgg-16", "s-vgg-19",
            "us-mobilenet-v1", "us-mobilenet-v1-32", "us-resnet-18", "us-resnet-20-32", "us-resnet-29-32", "us-resnet-50",
            "us-vgg-11-32", "us-vgg-16", "us-vgg-19",
        ],
        Architectures.Names);

    [Theory]
    [MemberData(nameof(GatedPresets))]
    public void A_DS_preset_carries_its_name_and_a_gate_that_routes(string preset)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(preset, graph.Name);
        Assert.Equal(graph.Routable.Select(subnet => subnet.Name).Take(4), graph.Gate!.Candidates);
    }

    [Theory]
    [MemberData(nameof(SlimmablePresets))]
    public void An_S_Net_switches_between_four_widths_and_a_US_Net_between_many(string preset)
    {
        var graph = Architectures.Build(preset);
        var names = graph.Routable.Select(subnet => subnet.Name).ToList();
        var switchable = preset.StartsWith("s-", StringComparison.Ordinal);

        Assert.Equal(preset, graph.Name);
        Assert.Null(graph.Gate);
        Assert.Equal(("width-1", graph.Subnets.Count), (graph.Teacher.Name, names.Count));
        Assert.Equal(
            switchable ? AffineSharing.Private : AffineSharing.Shared,
            graph.Nodes.OfType<BatchNormNode>().Select(norm => norm.Affine).Distinct().Single());
        string[] widths = ["width-0.25", "width-0.5", "width-0.75", "width-1"];
        Assert.Equal(widths, switchable ? names : names.Intersect(widths));
        Assert.True(switchable || names.Count >= 7, $"{names.Count} widths");
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Every_preset_is_built_for_small_pictures_too(string preset)
    {
        var graph = Architectures.Build(preset, DataShape.Cifar10);

        Assert.Equal((32, 32, 3, 10), (graph.Input.Height, graph.Input.Width, graph.Axis(graph.Input.Channels).Largest, graph.Classes));
        Assert.Equal(Architectures.Build(preset).Subnets.Select(subnet => subnet.Name), graph.Subnets.Select(subnet => subnet.Name));
    }

    [Theory]
    [MemberData(nameof(SmallPresets))]
    public void A_preset_for_32_pixels_is_built_for_28_grey_ones_too(string preset)
    {
        var graph = Architectures.Build(preset, new DataShape(1, 28, 28, 10));

        Assert.Equal((28, 1), (graph.Input.Height, graph.Axis(graph.Input.Channels).Largest));
    }

    [Theory]
    [InlineData("s-mobilenet-v1", 32)]
    [InlineData("us-resnet-50", 32)]
    [InlineData("s-vgg-16", 32)]
    [InlineData("s-mobilenet-v1-32", 16)]
    [InlineData("s-vgg-11-32", 16)]
    [InlineData("us-resnet-20-32", 4)]
    public void Pictures_that_strides_bring_below_a_pixel_are_refused(string preset, int side)
    {
        Assert.Equal(preset, Architectures.Build(preset, new DataShape(3, side, side, 10)).Name);

        var fault = Assert.Throws<InvalidOptionsException>(() => Architectures.Build(preset, new DataShape(3, side, side - 1, 10)));

        Assert.Equal([$"Data: expected sides of at least {side} pixels, which strides bring down to one, found {side}x{side - 1}"], fault.Faults);
    }

    [Fact]
    public void Data_without_channels_or_classes_are_refused()
    {
        var fault = Assert.Throws<InvalidGraphException>(() => Architectures.Build("s-resnet-20-32", new DataShape(0, 32, 32, -1)));

        Assert.Equal(
            [
                "axis 'input.channels': expected sizes that ascend within 1..1048576, found [0]",
                "axis 'classes': expected sizes that ascend within 1..1048576, found [-1]",
            ],
            fault.Faults);
    }

    [Fact]
    public void The_DS_MBNet_for_32_pixels_fills_the_blocked_layout_and_spans_six_times_the_cost()
    {
        var graph = Architectures.Build("ds-mbnet-32");
        var costs = graph.Routable.Select(subnet => CostModel.Of(graph, subnet).MAdds).ToList();

        Assert.All(graph.Definition.Axes.Where(axis => axis.IsElastic).SelectMany(axis => axis.Sizes), size => Assert.Equal(0, size % 16));
        Assert.Equal([5_026_944, 10_846_336, 19_287_168, 30_349_440], costs);
    }

    [Fact]
    public void Asking_for_an_unknown_preset_lists_those_there_are()
    {
        var fault = Assert.Throws<SlimmableException>(() => Architectures.Build("resnet"));

        Assert.Equal($"architecture 'resnet': expected one of {string.Join(", ", Architectures.Names)}", fault.Message);
    }
}
