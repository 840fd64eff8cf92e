using System.Globalization;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class ExternalDataWritingTests : IDisposable
{
    /// <summary>The weights of some graphs are fewer, of others more.</summary>
    private const int MostInlineBytes = 40_000;

    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint checkpoint = RandomCheckpoint.Of(Architectures.Build("ds-mbnet-mini"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_above_the_limit_lie_beside_their_graph_and_are_the_same_numbers()
    {
        Export("inline", long.MaxValue);
        var manifest = Export("beside", MostInlineBytes);

        var large = manifest.References.Where(file => manifest.Files.Any(other => other.Name == BundleFormat.DataFile(file))).ToList();
        var small = manifest.References.Except(large).ToList();
        Assert.Contains("gate.onnx", small);
        Assert.All(small, file => Assert.Equal(File.ReadAllBytes(Within("inline", file)), File.ReadAllBytes(Within("beside", file))));
        Assert.Contains("routed.onnx", large);
        foreach (var file in large)
        {
            var (inline, beside) = (Model("inline", file), Model("beside", file));
            var data = File.ReadAllBytes(Within("beside", $"{file}.data"));
            Assert.Contains(Weights(beside.Graph), weight => weight.DataLocation == TensorProto.Types.DataLocation.External);
            foreach (var (expected, found) in Weights(inline.Graph).Zip(Weights(beside.Graph)))
            {
                Assert.Equal((expected.Name, expected.DataType, expected.Dims), (found.Name, found.DataType, found.Dims));
                Assert.Equal(expected.RawData.ToByteArray(), Content(found, $"{file}.data", data));
                expected.ClearRawData();
                found.ClearRawData();
                found.ClearDataLocation();
                found.ExternalData.Clear();
            }

            Assert.Equal(inline, beside);
        }

        PythonOnnx.Check([.. manifest.References.Select(file => Within("beside", file))]);
    }

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes_read_from_memory_or_from_its_file()
    {
        checkpoint.Write(folder.File("mini.safetensors"));
        var first = Export("first", MostInlineBytes);

        using var file = CheckpointFile.Open(folder.File("mini.safetensors"));
        var second = BundleExporter.Export(file, folder.File("second"), Options(MostInlineBytes));

        Assert.Equal(first.Files, second.Files);
        Assert.Contains(first.Files, listed => listed.Name.EndsWith(".onnx.data", StringComparison.Ordinal));
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named_and_nothing_is_left()
    {
        var weights = checkpoint.Weights.ToDictionary(pair => pair.Key, pair => pair.Value);
        weights["head.classifier.weight"] = [1, float.NaN, .. weights["head.classifier.weight"][2..]];

        var fault = Assert.Throws<SlimmableException>(
            () => BundleExporter.Export(checkpoint with { Weights = weights }, folder.File("bundle"), Options(MostInlineBytes)));

        Assert.Equal(
            "graph 'ds-mbnet-mini/subnet-uniform-0', tensor 'head.classifier.weight': expected finite numbers, found NaN at element 1", fault.Message);
        Assert.Empty(folder.Names());
    }

    private static ExportOptions Options(long mostInline) => new() { Full = true, Routed = true, MostInlineBytes = mostInline };

    private static byte[] Content(TensorProto weight, string file, byte[] data)
    {
        if (weight.DataLocation != TensorProto.Types.DataLocation.External)
        {
            Assert.InRange(weight.RawData.Length, 0, 1023);
            return weight.RawData.ToByteArray();
        }

        Assert.Equal([("location", file)], weight.ExternalData.Take(1).Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(["offset", "length"], weight.ExternalData.Skip(1).Select(entry => entry.Key));
        var (offset, length) = (Number(weight.ExternalData[1]), Number(weight.ExternalData[2]));
        Assert.Equal(0, offset % 65_536);
        return data[offset..(offset + length)];
    }

    private static int Number(StringStringEntryProto entry) => int.Parse(entry.Value, CultureInfo.InvariantCulture);

    /// <summary>The weights of a graph and of the graphs within it.</summary>
    private static IEnumerable<TensorProto> Weights(GraphProto graph) => graph.Initializer.Concat(
        graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.G is not null).SelectMany(attribute => Weights(attribute.G)));

    private BundleManifest Export(string name, long mostInline) => BundleExporter.Export(checkpoint, folder.File(name), Options(mostInline));

    private string Within(string bundle, string file) => Path.Combine(folder.File(bundle), file);

    private ModelProto Model(string bundle, string file) => ModelProto.Parser.ParseFrom(File.ReadAllBytes(Within(bundle, file)));
}
