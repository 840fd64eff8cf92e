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

        // A small one whose narrowest is clearly weaker than its widest: what training methods differ in shows in minutes.
        Of(new DsResNetOptions
        {
            Name = "ds-resnet-fashion-small",
            Data = new DataShape(1, 28, 28, 10),
            StemChannels = 8,
            TrunkChannels = 8,
            GateChannels = [16],
            GateHidden = 32,
            Stages = [new([8, 16, 32, 48], Blocks: 1, Stride: 2), new([16, 32, 64, 96], Blocks: 1, Stride: 2)],
        }),
    ];

    private static Preset Of(DsResNetOptions options) => new(options.Name, options.Data, data => DsResNet.Build(options with { Data = data }));
}
