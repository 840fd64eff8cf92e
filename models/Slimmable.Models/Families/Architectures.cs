namespace Slimmable.Models;

/// <summary>Named presets, each ready to be trained, initialized or measured.</summary>
public static class Architectures
{
    private static readonly Dictionary<string, Func<DataShape?, SupernetGraph>> Presets = new()
    {
        ["ds-mbnet-imagenet"] = data => DsMobileNet.Build(new DsMobileNetOptions
        {
            Name = "ds-mbnet-imagenet",
            Data = data ?? DataShape.ImageNet,
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
        ["ds-mbnet-mini"] = data => DsMobileNet.Build(new DsMobileNetOptions
        {
            Name = "ds-mbnet-mini",
            Data = data ?? new DataShape(3, 64, 64, 10),
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
        ["ds-mbnet-fashion"] = data => Fashion(
            "ds-mbnet-fashion", data, stem: 16, trunk: 32, new([32, 64, 96, 128], Blocks: 2, Stride: 1), new([64, 128, 192, 256], Blocks: 2, Stride: 2)),
        ["ds-mbnet-fashion-quick"] = data => Fashion(
            "ds-mbnet-fashion-quick", data, stem: 16, trunk: 32, new([32, 64, 96], Blocks: 2, Stride: 2), new([64, 128, 192], Blocks: 1, Stride: 1)),
    };

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Builds a preset.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="data">What it is built for; null for what the preset is usually trained on.</param>
    /// <exception cref="SlimmableException">There is no such preset; the message lists those there are.</exception>
    public static SupernetGraph Build(string name, DataShape? data = null) => Presets.TryGetValue(name, out var build)
        ? build(data)
        : throw new SlimmableException($"architecture '{name}': expected one of {string.Join(", ", Names)}");

    private static SupernetGraph Fashion(string name, DataShape? data, int stem, int trunk, params IReadOnlyList<DsMobileNetStage> routed) =>
        DsMobileNet.Build(new DsMobileNetOptions
        {
            Name = name,
            Data = data ?? new DataShape(1, 28, 28, 10),
            StemWidths = [stem],
            Stages = [new([trunk], Blocks: 1, Stride: 1), .. routed],
            GatedStage = 2,
            Candidates = [.. Enumerable.Range(0, routed[0].Widths.Count)],
            Activation = ActivationKind.Relu,
            SqueezeRatio = 0.5,
        });
}
