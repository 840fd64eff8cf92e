namespace Slimmable.Models;

/// <summary>DS-MBNet: the paper's, the small one of the authors' reference numbers, and those for small images.</summary>
internal static class DsMobileNetPresets
{
    public static IEnumerable<Preset> All =>
    [
        Of(new DsMobileNetOptions
        {
            Name = "ds-mbnet-imagenet",
            StemWidths = [16, 24],
            Stages =
            [
                new([32, 88], Blocks: 1, Stride: 1),
                new([48, 168], Blocks: 2, Stride: 2),
                new([96, 264], Blocks: 2, Stride: 2),
                new([.. Enumerable.Range(0, 14).Select(step => 224 + (32 * step))], Blocks: 6, Stride: 2),
                new([.. Enumerable.Range(0, 14).Select(step => 736 + (32 * step))], Blocks: 2, Stride: 2),
            ],
            GatedStage = 4,
            Candidates = [0, 1, 2, 3],
        }),
        Of(new DsMobileNetOptions
        {
            Name = "ds-mbnet-mini",
            Data = new DataShape(3, 64, 64, 10),
            StemWidths = [8, 12],
            Stages =
            [
                new([8, 16], Blocks: 1, Stride: 1),
                new([16, 24], Blocks: 2, Stride: 2),
                new([24, 40], Blocks: 2, Stride: 2),
                new([24, 40, 56, 72], Blocks: 3, Stride: 2),
                new([48, 64, 80, 96], Blocks: 2, Stride: 2),
            ],
            GatedStage = 4,
            Candidates = [0, 1, 2, 3],
        }),
        Of(new DsMobileNetOptions
        {
            Name = "ds-mbnet-32",
            Data = DataShape.Cifar10,
            StemWidths = [16],
            StemStride = 1,
            Stages =
            [
                new([32], Blocks: 1, Stride: 1),
                new([48, 80, 112, 144], Blocks: 3, Stride: 2),
                new([96, 160, 224, 288], Blocks: 3, Stride: 2),
                new([192, 320, 448, 576], Blocks: 1, Stride: 2),
            ],
            GatedStage = 2,
            Candidates = [0, 1, 2, 3],
        }),
        Fashion("ds-mbnet-fashion", new([32, 64, 96, 128], Blocks: 2, Stride: 1), new([64, 128, 192, 256], Blocks: 2, Stride: 2)),
        Fashion("ds-mbnet-fashion-quick", new([32, 64, 96], Blocks: 2, Stride: 2), new([64, 128, 192], Blocks: 1, Stride: 1)),
    ];

    private static Preset Fashion(string name, params IReadOnlyList<DsMobileNetStage> routed) => Of(new DsMobileNetOptions
    {
        Name = name,
        Data = new DataShape(1, 28, 28, 10),
        StemWidths = [16],
        Stages = [new([32], Blocks: 1, Stride: 1), .. routed],
        GatedStage = 2,
        Candidates = [.. Enumerable.Range(0, routed[0].Widths.Count)],
        Activation = ActivationKind.Relu,
        SqueezeRatio = 0.5,
    });

    private static Preset Of(DsMobileNetOptions options) => new(options.Name, options.Data, data => DsMobileNet.Build(options with { Data = data }));
}
