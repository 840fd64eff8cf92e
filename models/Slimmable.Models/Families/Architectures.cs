using System.Collections.Frozen;

namespace Slimmable.Models;

/// <summary>Named presets, each ready to be trained, initialized or measured.</summary>
public static class Architectures
{
    private static readonly FrozenDictionary<string, Preset> Presets =
        DsMobileNetPresets.All.Concat(DsResNetPresets.All).Concat(WidthPresets.All).ToFrozenDictionary(preset => preset.Name);

    /// <summary>The names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Builds a preset.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="data">What it is built for; null for what the preset is usually trained on.</param>
    /// <exception cref="SlimmableException">There is no such preset; the message lists those there are.</exception>
    /// <exception cref="InvalidOptionsException">The data do not fit the network: its images are too small.</exception>
    /// <exception cref="InvalidGraphException">The data do not make a valid graph: no channels, no classes.</exception>
    public static SupernetGraph Build(string name, DataShape? data = null) => Presets.TryGetValue(name, out var preset)
        ? preset.Build(data ?? preset.Data)
        : throw new SlimmableException($"architecture '{name}': expected one of {string.Join(", ", Names)}");
}
