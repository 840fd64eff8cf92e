namespace Slimmable.Models;

/// <summary>DS-ResNet for small images.</summary>
internal static class DsResNetPresets
{
    public static IEnumerable<Preset> All =>
    [
        Of(new DsResNetOptions
        {
            Name = "ds-resnet-fashion",
            Data = new DataShape(1, 28, 28, 10),
            Stages = [new([16, 16, 32, 48], Blocks: 2, Stride: 1), new([32, 64, 64, 96], Blocks: 2, Stride: 2)],
        }),
    ];

    private static Preset Of(DsResNetOptions options) => new(options.Name, options.Data, data => DsResNet.Build(options with { Data = data }));
}
