using System.Runtime.InteropServices;
using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;
using static Slimmable.Export.Onnx.TensorProto.Types;

namespace Slimmable.Export.Tests;

/// <summary>Weights beside the graph: a convolution's weight [3, 2, 3, 3] and bias [3], 216 and 12 bytes, in one file.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ModelProto model;

    public ExternalDataTests()
    {
        model = OnnxModel.Of(OnnxLowering.Lower(PlainNetworks.Of([PlainNetworks.Conv("conv", "x", bias: true), PlainNetworks.Relu("relu", "conv")], "relu")), "test", "1");
        using var data = File.Create(folder.File("model.onnx.data"));
        foreach (var tensor in model.Graph.Initializer)
        {
            tensor.DataLocation = DataLocation.External;
            tensor.ExternalData.Add(Entry("location", "model.onnx.data"));
            tensor.ExternalData.Add(Entry("offset", $"{data.Position}"));
            tensor.ExternalData.Add(Entry("length", $"{tensor.RawData.Length}"));
            data.Write(tensor.RawData.Span);
            tensor.ClearRawData();
        }
    }

    public static TheoryData<string, string, string> Entries => new()
    {
        { "location", "../model.onnx.data", "expected a file of the bundle beside the graph, found '../model.onnx.data'" },
        { "location", "/etc/hostname", "expected a file of the bundle beside the graph, found '/etc/hostname'" },
        { "location", "..", "expected a file of the bundle beside the graph, found '..'" },
        { "location", "a\\b", "expected a file of the bundle beside the graph, found 'a\\b'" },
        { "location", "", "expected a file of the bundle beside the graph, found ''" },
        { "location", "empty", "expected numbers in 'empty', found an empty file" },
        { "offset", "1", "expected a range within the 228 bytes of 'model.onnx.data', found 217 and 12 more" },
        { "offset", "9223372036854775800", "expected a range within the 228 bytes of 'model.onnx.data', found 9223372036854775800 and 12 more" },
        { "offset", "-4", "expected a location, an offset and a length, found 'location' 'model.onnx.data', 'offset' '-4', 'length' '12'" },
        { "offset", "1e2", "expected a location, an offset and a length, found 'location' 'model.onnx.data', 'offset' '1e2', 'length' '12'" },
        { "length", "16", "its shape [3] takes 12 bytes, found a length of 16" },
        { "length", "", "expected a location, an offset and a length, found 'location' 'model.onnx.data', 'offset' '216', 'length' ''" },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_in_a_file_beside_the_graph_are_read() => Assert.Empty(Check());

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_reference_that_cannot_be_is_found(string key, string value, string message)
    {
        File.WriteAllText(folder.File("empty"), "");
        var entry = model.Graph.Initializer[1].ExternalData.Single(entry => entry.Key == key);
        entry.Value = (key, value) == ("offset", "1") ? "217" : value;

        Assert.Equal(FindingRules.ExternalData.At("model.onnx", $"initializer 'conv.bias': {message}"), Assert.Single(Check()));
    }

    [Fact]
    public void A_file_that_is_missing_is_found()
    {
        File.Delete(folder.File("model.onnx.data"));

        Assert.StartsWith("model.onnx: SLIM315: initializer 'conv.weight': 'model.onnx.data' cannot be read: ", $"{Assert.Single(Check())}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_further_entry_is_found()
    {
        model.Graph.Initializer[0].ExternalData.Add(Entry("checksum", "0"));

        Assert.Equal(FindingRules.ExternalData.Id, Assert.Single(Check()).Id);
    }

    [Fact]
    public void Two_weights_in_the_same_bytes_are_found()
    {
        model.Graph.Initializer[1].ExternalData[1].Value = "204";

        Assert.Equal(
            "model.onnx: SLIM315: initializer 'conv.bias': expected bytes of its own from 216 on, found 204, within initializer 'conv.weight'", $"{Assert.Single(Check())}");
    }

    [Fact]
    public void A_number_that_is_not_finite_is_found_wherever_the_file_is_cut_into_pieces()
    {
        const int Elements = 600_000;
        var numbers = new float[Elements];
        numbers[Elements - 1] = float.NegativeInfinity;
        File.WriteAllBytes(folder.File("model.onnx.data"), MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
        model.Graph.Initializer.RemoveAt(1);
        var weight = model.Graph.Initializer[0];
        weight.Dims.Clear();
        weight.Dims.AddRange([1000L, 600]);
        weight.ExternalData[2].Value = $"{4 * Elements}";

        Assert.Contains(FindingRules.WeightNumbers.At("model.onnx", $"initializer 'conv.weight': expected finite numbers, found another at element {Elements - 1}"), Check());
    }

    [Fact]
    public void A_bundles_graph_may_only_read_what_the_manifest_lists()
    {
        var bundle = folder.File("bundle");
        var manifest = BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()), bundle, new ExportOptions());
        var path = Path.Combine(bundle, "full-narrow.onnx");
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        var weight = graph.Graph.Initializer[0];
        File.WriteAllBytes(Path.Combine(bundle, "full-narrow.onnx.data"), weight.RawData.ToByteArray());
        weight.DataLocation = DataLocation.External;
        weight.ExternalData.AddRange([Entry("location", "full-narrow.onnx.data"), Entry("offset", "0"), Entry("length", $"{weight.RawData.Length}")]);
        weight.ClearRawData();
        File.WriteAllBytes(path, graph.ToByteArray());

        Assert.Equal(FindingRules.ExternalData.Id, Assert.Single(ModelChecker.CheckBundle(bundle, manifest)).Id);
        Assert.Empty(ModelChecker.CheckBundle(bundle, manifest with { Files = [.. manifest.Files, new BundleFile("full-narrow.onnx.data", 0, "")] }));
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    private IReadOnlyList<Finding> Check()
    {
        File.WriteAllBytes(folder.File("model.onnx"), model.ToByteArray());
        return ModelChecker.Check(folder.File("model.onnx"));
    }
}
