using Slimmable.Models;

namespace Slimmable.Training.Tests;

/// <summary>The DS-Net authors' own small network in our graph, and their numbers. See tests/golden/README.md.</summary>
internal static class AuthorsNetwork
{
    /// <summary>The files that hold the weights.</summary>
    public static TheoryData<string> Files => ["weights.safetensors", "checkpoint.pth.tar"];

    public static DsNetImportOptions Options { get; } = new() { Name = "ds-mbnet-mini", Channels = 3, Height = 64, Width = 64 };

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "ds-net-mini", file);

    public static SafetensorsFile Open(string name) => SafetensorsFile.Open(PathOf($"{name}.safetensors"));

    public static Supernet Load(string file = "weights.safetensors")
    {
        var checkpoint = DsNetImporter.Import(PathOf(file), Options);
        var supernet = new Supernet(checkpoint.Graph);
        supernet.Load(checkpoint.Weights);
        return supernet;
    }

    /// <summary>Their name of one of our tensors.</summary>
    public static string TheirName(SupernetGraph graph, TensorSpec spec) => DsNetNames.Of(graph, spec);
}
