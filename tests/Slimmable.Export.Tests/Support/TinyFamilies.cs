using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>The families without a gate, each with all it can be made of, so small that plain loops run them.</summary>
internal static class TinyFamilies
{
    private static readonly DataShape Data = new(2, 9, 11, 3);
    private static readonly IReadOnlyList<double> Multipliers = [0.25, 0.5, 1];

    public static IReadOnlyDictionary<string, SupernetGraph> All { get; } = new SupernetGraph[]
    {
        MobileNetV1.Build(new MobileNetV1Options
        {
            Name = "mobilenet", Data = Data, Multipliers = Multipliers, Divisor = 1, StemChannels = 4, Stages = [new(8, 1, 1), new(12, 2, 2)],
        }),
        ResNet.Build(new ResNetOptions
        {
            Name = "basic",
            Data = Data,
            Multipliers = Multipliers,
            Divisor = 1,
            Block = ResNetBlock.Basic,
            Stem = ResNetStem.Small,
            StemChannels = 4,
            Stages = [new(4, 1, 1), new(8, 2, 2)],
        }),
        ResNet.Build(new ResNetOptions
        {
            Name = "bottleneck",
            Data = Data,
            Multipliers = Multipliers,
            Affine = AffineSharing.Shared,
            Divisor = 1,
            Block = ResNetBlock.Bottleneck,
            StemChannels = 8,
            Stages = [new(4, 2, 1), new(8, 1, 2)],
        }),
        Vgg.Build(new VggOptions
        {
            Name = "vgg", Data = Data, Multipliers = Multipliers, Divisor = 1, Convolutions = [1, 2], Channels = [4, 8], Hidden = [12, 8],
        }),
        Vgg.Build(new VggOptions
        {
            Name = "vgg-pooled",
            Data = Data,
            Multipliers = Multipliers,
            Affine = AffineSharing.Shared,
            Divisor = 1,
            Convolutions = [1, 1],
            Channels = [4, 8],
            Hidden = [],
        }),
    }.ToDictionary(graph => graph.Name);
}
