namespace Slimmable.Models;

/// <summary>The families that one multiplier makes narrower, each network as an S-Net (<c>s-</c>) and as a US-Net (<c>us-</c>).</summary>
internal static class WidthPresets
{
    private const double Narrowest = 0.25;

    /// <summary>For small images, a step that changes every number of channels above 32 and keeps the tracked widths few.</summary>
    private const double SmallStep = 0.125;

    private static readonly IReadOnlyList<double> Switches = [Narrowest, 0.5, 0.75, 1];

    public static IEnumerable<Preset> All =>
    [
        .. Both(new MobileNetV1Options { Name = "mobilenet-v1" }, step: 0.025, MobileNetV1.Build), // The step of the authors' released network.
        .. Both(new ResNetOptions { Name = "resnet-18", Block = ResNetBlock.Basic, Stages = Stages(64, 2, 2, 2, 2) }, step: 0.05, ResNet.Build),
        .. Both(new ResNetOptions { Name = "resnet-50", Block = ResNetBlock.Bottleneck, Stages = Stages(64, 3, 4, 6, 3) }, step: 0.05, ResNet.Build),
        .. Both(new VggOptions { Name = "vgg-16", Convolutions = [2, 2, 3, 3, 3] }, step: 0.05, Vgg.Build),
        .. Both(new VggOptions { Name = "vgg-19", Convolutions = [2, 2, 4, 4, 4] }, step: 0.05, Vgg.Build),
        .. Both(new MobileNetV1Options { Name = "mobilenet-v1-32", Data = DataShape.Cifar10, StemStride = 1 }, SmallStep, MobileNetV1.Build),
        .. Both(SmallResNet("resnet-20-32", ResNetBlock.Basic), SmallStep, ResNet.Build),
        .. Both(SmallResNet("resnet-29-32", ResNetBlock.Bottleneck), SmallStep, ResNet.Build),
        .. Both(new VggOptions { Name = "vgg-11-32", Data = DataShape.Cifar10, Convolutions = [1, 1, 2, 2, 2], Hidden = [] }, SmallStep, Vgg.Build),
    ];

    private static ResNetOptions SmallResNet(string name, ResNetBlock block) => new()
    {
        Name = name,
        Data = DataShape.Cifar10,
        Block = block,
        Stem = ResNetStem.Small,
        StemChannels = 16,
        Stages = Stages(16, 3, 3, 3),
    };

    /// <summary>Stages that double the channels and halve the sides from one to the next.</summary>
    private static IReadOnlyList<Stage> Stages(int channels, params IReadOnlyList<int> blocks) =>
        [.. blocks.Select((count, stage) => new Stage(channels << stage, count, Stride: stage == 0 ? 1 : 2))];

    private static IEnumerable<Preset> Both<T>(T usual, double step, Func<T, SupernetGraph> build)
        where T : WidthOptions
    {
        var steps = (int)Math.Round((1 - Narrowest) / step);
        var tracked = Enumerable.Range(0, steps + 1).Select(index => Math.Round(Narrowest + (index * step), 3)).ToList();
        return [Of($"s-{usual.Name}", Switches, AffineSharing.Private), Of($"us-{usual.Name}", tracked, AffineSharing.Shared)];

        Preset Of(string name, IReadOnlyList<double> multipliers, AffineSharing affine) => new(
            name, usual.Data, data => build(usual with { Name = name, Data = data, Multipliers = multipliers, Affine = affine }));
    }
}
