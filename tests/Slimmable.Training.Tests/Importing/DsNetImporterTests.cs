using System.Globalization;
using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Importing;

public sealed class DsNetImporterTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<string> Files => AuthorsNetwork.Files;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Widths_depths_and_the_gate_follow_from_the_tensors(string file)
    {
        var imported = DsNetImporter.Import(AuthorsNetwork.PathOf(file), AuthorsNetwork.Options);
        imported.Write(folder.File("imported"));

        // The preset was written down from the authors' configuration: graph for graph and bit for bit the same.
        (imported with { Graph = Architectures.Build("ds-mbnet-mini") }).Write(folder.File("preset"));
        Assert.Equal(File.ReadAllBytes(folder.File("preset")), File.ReadAllBytes(folder.File("imported")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_tensor_goes_where_the_authors_have_it(string file)
    {
        var imported = DsNetImporter.Import(AuthorsNetwork.PathOf(file), AuthorsNetwork.Options);
        using var weights = AuthorsNetwork.Open("weights");

        Assert.Equal(weights.Tensors.Keys.Count(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal)), imported.Weights.Count);
        Assert.Equal(weights.Singles("conv_stem.weight"), imported.Weights["stem.conv.weight"]);
        Assert.Equal(weights.Singles("bn1.aux_bn.1.weight"), imported.Weights["stem.norm.weight"]);
        Assert.Equal(weights.Singles("blocks.3.residual_blocks.1.bn2.aux_bn.2.running_var"), imported.Weights["stage4.2.pointwise_norm.2.running_var"]);
        Assert.Equal(weights.Singles("blocks.3.first_block.gate.gate.0.weight"), imported.Weights["gate.slimming.weight"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Costs_are_to_the_unit_what_the_authors_code_counts(string file)
    {
        using var golden = AuthorsNetwork.Open("golden");
        var graph = DsNetImporter.Import(AuthorsNetwork.PathOf(file), AuthorsNetwork.Options).Graph;

        Assert.Equal(JsonSerializer.Deserialize<double[]>(golden.Metadata["madds"])!, graph.Routable.Select(subnet => (double)CostModel.Of(graph, subnet).MAdds));
        Assert.Equal(double.Parse(golden.Metadata["madds_largest"], CultureInfo.InvariantCulture), CostModel.Of(graph, graph.Subnet("largest")).MAdds);
    }

    [Fact]
    public void The_published_network_with_its_fourteen_widths_is_inferred()
    {
        var preset = Architectures.Build("ds-mbnet-imagenet");
        Write(preset.Tensors.ToDictionary(spec => DsNetNames.Of(preset, spec), spec => Zeros(DsNetNames.Of(preset, spec), spec.FullShape)));
        var options = new DsNetImportOptions { Channels = 3, Height = 224, Width = 224 };

        var graph = Import(options).Graph;
        var spread = Import(options with { Candidates = [0, 4, 8, 13] }).Graph;

        Assert.Equal("ds-mbnet", graph.Name);
        Assert.Equal(preset.Subnets.Select(subnet => (subnet.Name, CostModel.Of(preset, subnet))), graph.Subnets.Select(subnet => (subnet.Name, CostModel.Of(graph, subnet))));
        Assert.Equal(["uniform-0", "uniform-1", "uniform-2", "uniform-3"], graph.Gate!.Candidates);
        Assert.Equal(["uniform-0", "uniform-4", "uniform-8", "uniform-13"], spread.Gate!.Candidates);
    }

    [Fact]
    public void The_sides_and_the_name_are_the_callers()
    {
        var imported = DsNetImporter.Import(AuthorsNetwork.PathOf("weights.safetensors"), new() { Name = "mine", Channels = 3, Height = 96, Width = 128 });

        Assert.Equal("mine", imported.Graph.Name);
        Assert.Equal((96, 128), (imported.Graph.Input.Height, imported.Graph.Input.Width));
    }

    [Fact]
    public void Options_that_do_not_fit_the_tensors_are_refused()
    {
        Write(AuthorsTensors());

        Refused(AuthorsNetwork.Options with { Channels = 1 }, "tensor 'conv_stem.weight': expected 1 input channels, found 3");
        Refused(
            AuthorsNetwork.Options with { Candidates = [0, 1] },
            "candidates: expected 4 widths that ascend in 0..3, one for each of the gate's scores, found [0, 1]");
        Refused(
            AuthorsNetwork.Options with { Candidates = [0, 1, 2, 4] },
            "candidates: expected 4 widths that ascend in 0..3, one for each of the gate's scores, found [0, 1, 2, 4]");
        Refused(
            AuthorsNetwork.Options with { Candidates = [0, 2, 1, 3] },
            "candidates: expected 4 widths that ascend in 0..3, one for each of the gate's scores, found [0, 2, 1, 3]");
        Refused(AuthorsNetwork.Options with { Height = 0 }, "graph 'ds-mbnet-mini': input 'input': expected sides in 1..65536, found 0x64");
    }

    [Fact]
    public void Tensors_that_are_not_those_of_the_network_are_named()
    {
        Altered(tensors => tensors.Remove("classifier.bias"), "tensor 'classifier.bias': expected floats [10], found none");
        Altered(tensors => tensors["classifier.bias"] = TensorData.Of("classifier.bias", new float[11], 11), "tensor 'classifier.bias': expected floats [10], found F32 [11]");
        Altered(tensors => tensors["classifier.bias"] = TensorData.Of("classifier.bias", new long[10], 10), "tensor 'classifier.bias': expected floats [10], found I64 [10]");
        Altered(tensors => tensors["head.bias"] = TensorData.Of("head.bias", new float[1], 1), "tensor 'head.bias': a DS-MBNet has none of that name");
        Altered(
            tensors => tensors["classifier.bias"] = TensorData.Of("classifier.bias", [0, 0, float.NaN, 0, 0, 0, 0, 0, 0, 0], 10),
            "tensor 'classifier.bias': expected finite numbers, found NaN at element 2");
        Altered(
            tensors => tensors["bn1.aux_bn.0.running_var"] = TensorData.Of("bn1.aux_bn.0.running_var", [1, 1, 1, 1, 1, 1, 1, -0.5f], 8),
            "tensor 'bn1.aux_bn.0.running_var': expected finite numbers from 0 up, found -0.5 at element 7");
    }

    [Fact]
    public void What_the_network_cannot_be_inferred_from_is_named()
    {
        Altered(tensors => tensors.Remove("conv_stem.weight"), "tensor 'conv_stem.weight': expected a tensor of 4 dimensions, found none");
        Altered(tensors => tensors.Remove("bn1.aux_bn.0.running_mean"), "tensor 'bn1.aux_bn.0.running_mean': expected, found none");
        Altered(
            tensors => tensors.Remove("blocks.3.first_block.gate.gate.0.weight"),
            "tensor 'blocks.4.first_block.gate.gate.0.weight', or in another stage: expected a slimming head, found none");
        Altered(
            tensors => tensors["classifier.weight"] = TensorData.Of("classifier.weight", new float[960], 960),
            "tensor 'classifier.weight': expected a tensor of 2 dimensions, found F32 [960]");
        Altered(
            tensors =>
            {
                for (var width = 0; width < 65; width++)
                {
                    tensors[$"bn1.aux_bn.{width}.running_mean"] = TensorData.Of($"bn1.aux_bn.{width}.running_mean", new float[width + 1], width + 1);
                }
            },
            "tensor 'bn1.aux_bn.64.running_mean': expected at most 64 of these");
    }

    [Fact]
    public void Of_many_faults_the_first_ones_and_a_count_are_told()
    {
        var tensors = AuthorsTensors();
        var gone = tensors.Keys.Where(name => name.EndsWith("running_var", StringComparison.Ordinal)).ToList();
        Write(tensors.Where(pair => !gone.Contains(pair.Key)).ToDictionary());

        Refused(
            AuthorsNetwork.Options,
            "tensor 'bn1.aux_bn.0.running_var': expected floats [8], found none; tensor 'bn1.aux_bn.1.running_var': expected floats [12], found none; "
            + $"tensor 'blocks.0.first_block.bn1.aux_bn.0.running_var': expected floats [8], found none; and {gone.Count - 3} more");
    }

    private static Dictionary<string, TensorData> AuthorsTensors()
    {
        using var file = AuthorsNetwork.Open("weights");
        return file.Tensors.Values.ToDictionary(entry => entry.Name, entry => new TensorData(entry.Name, entry.Type!.Value, entry.Shape, file.Bytes(entry.Name).ToArray()));
    }

    private static TensorData Zeros(string name, IReadOnlyList<int> shape) =>
        TensorData.Of(name, new float[shape.Aggregate(1, (product, length) => product * length)], [.. shape.Select(length => (long)length)]);

    private void Altered(Action<Dictionary<string, TensorData>> alter, string reason)
    {
        var tensors = AuthorsTensors();
        alter(tensors);
        Write(tensors);
        Refused(AuthorsNetwork.Options, reason);
    }

    private void Write(IReadOnlyDictionary<string, TensorData> tensors) =>
        SafetensorsWriter.Write(folder.File("theirs.safetensors"), tensors.Values, new Dictionary<string, string>());

    private Checkpoint Import(DsNetImportOptions options) => DsNetImporter.Import(folder.File("theirs.safetensors"), options);

    private void Refused(DsNetImportOptions options, string reason) => Assert.Equal(reason, Assert.Throws<InvalidFileException>(() => Import(options)).Reason);
}
