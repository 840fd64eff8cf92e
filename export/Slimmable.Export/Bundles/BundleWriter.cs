using System.Security.Cryptography;
using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Writes a bundle's files into a folder, one at a time, the manifest and its hash last.</summary>
internal sealed class BundleWriter(ICheckpoint checkpoint, ExportOptions options, BundlePlan plan, string folder)
{
    /// <summary>From here on, memory matters more than the time that collecting garbage takes.</summary>
    private const long LargeFile = 1 << 28;

    private readonly SupernetGraph graph = checkpoint.Graph;
    private readonly List<BundleFile> files = [];
    private readonly IReadOnlyList<Func<PlainNetwork, PlainNetwork>> passes = GraphPasses.Of(options, checkpoint.Info.Preprocessing);
    private readonly IReadOnlyList<TensorData>? golden = GoldenTensors.Of(checkpoint, ImageOf(checkpoint.Graph, options), plan.Subnets);
    private readonly MetadataWriter metadata = new(checkpoint, options, plan, ImageOf(checkpoint.Graph, options));

    public BundleManifest Write(IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        var total = plan.Files.Count + (golden is null ? 0 : 1);
        foreach (var (index, planned) in plan.Files.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteModel(planned);
            if (files[^1].Bytes > LargeFile)
            {
                GC.Collect(); // Its weights are garbage, and the next graph's would come on top of them.
            }

            progress?.Report(new ExportProgress(planned.File, index + 1, total));
        }

        if (golden is not null)
        {
            SafetensorsWriter.Write(Path.Combine(folder, BundleFormat.GoldenFile), golden);
            AddFile(BundleFormat.GoldenFile);
            progress?.Report(new ExportProgress(BundleFormat.GoldenFile, total, total));
        }

        cancellation.ThrowIfCancellationRequested();
        var manifest = Manifest();
        ManifestFile.Write(folder, manifest);
        ManifestHash.Write(folder);
        return manifest;
    }

    private void WriteModel(PlannedFile planned)
    {
        var (lowered, data) = planned switch
        {
            PlannedGraph part => Lower(part),
            PlannedRouting routing => Lower(routing),
            _ => throw new NotSupportedException($"no way to write {planned.GetType().Name}"),
        };
        var model = OnnxModel.Of(lowered, options.Tool, options.ToolVersion);
        metadata.Describe(model, planned);
        WriteFile(planned.File, model.WriteTo);
        if (data is not null)
        {
            WriteFile(data.File, data.WriteTo);
        }
    }

    private (GraphProto Graph, ExternalData? Data) Lower(PlannedGraph part)
    {
        var network = NetworkOf(part);
        var data = DataOf(part, network);
        return (OnnxLowering.Lower(network, data: data), data);
    }

    private (GraphProto Graph, ExternalData? Data) Lower(PlannedRouting routing)
    {
        var gate = NetworkOf(routing.Gate);
        var tails = routing.Tails
            .Select(tail => new RoutedTail(tail.Subnet.Name, plan.Subnets.Index().First(subnet => subnet.Item == tail.Subnet).Index, NetworkOf(tail)))
            .ToList();
        var data = DataOf(routing, [gate, .. tails.Select(tail => tail.Network)]);
        return (RoutedLowering.Lower(NameOf(routing), gate, tails, data), data);
    }

    private PlainNetwork NetworkOf(PlannedGraph part) =>
        GraphPasses.Run(new SubnetSlicer(checkpoint, part.Subnet).Slice(NameOf(part), part.Input, part.Outputs), passes);

    private ExternalData? DataOf(PlannedFile planned, params IEnumerable<PlainNetwork> networks) =>
        ExternalData.For(BundleFormat.DataFile(planned.File), networks, options.MostInlineBytes);

    private void WriteFile(string name, Action<Stream> write)
    {
        AtomicFile.Write(Path.Combine(folder, name), write);
        AddFile(name);
    }

    private string NameOf(PlannedFile planned) => $"{graph.Name}/{Path.GetFileNameWithoutExtension(planned.File)}";

    private void AddFile(string name)
    {
        using var stream = File.OpenRead(Path.Combine(folder, name));
        files.Add(new BundleFile(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream))));
    }

    private BundleManifest Manifest()
    {
        var gate = graph.Gate;
        return new BundleManifest(
            BundleFormat.Version,
            $"{options.Tool} {options.ToolVersion}",
            graph.Name,
            checkpoint.Info.DataSet,
            plan.Layout,
            OnnxFormat.Opset,
            OnnxFormat.IrVersion,
            Input: ImageOf(graph, options),
            Logits: Tensor(PortNames.Logits, graph.Definition.Logits),
            Features: plan.HasTails ? Tensor(PortNames.Features, gate!.Features) : null,
            GateLogits: gate is null ? null : Tensor(PortNames.GateLogits, gate.Logits),
            checkpoint.Info.Preprocessing,
            checkpoint.Info.Labels,
            [.. plan.Subnets.Select(Describe)],
            gate is null ? null : DescribeGate(gate),
            plan.HasRouted ? BundleFormat.RoutedFile : null,
            golden is null ? null : BundleFormat.GoldenFile,
            [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)],
            options.Precision);
    }

    private static BundleInput ImageOf(SupernetGraph graph, ExportOptions options)
    {
        int[] shape = [graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
        return options.BakePreprocessing switch
        {
            null => new(PortNames.Input, shape),
            ImageLayout.Nhwc => new(PortNames.Input, [shape[1], shape[2], shape[0]], NumberType.U8, ImageLayout.Nhwc),
            _ => new(PortNames.Input, shape, NumberType.U8),
        };
    }

    private BundleTensor Tensor(string name, string value) => new(name, SubnetSlicer.ShapeOf(graph, graph.Routable[0], value));

    private BundleGate DescribeGate(Gate gate) => new(
        BundleFormat.GateFile,
        CostModel.OfGate(graph, gate).MAdds,
        gate.Candidates,
        RoutingPolicyKind.Argmax,
        checkpoint.Info.OperatingPoints ?? []);

    private BundleSubnet Describe(Subnet subnet)
    {
        var cost = CostModel.Of(graph, subnet);
        return new BundleSubnet(
            subnet.Name,
            cost.MAdds,
            cost.Parameters,
            checkpoint.Info.Accuracy?.Subnets.FirstOrDefault(accuracy => accuracy.Name == subnet.Name)?.Top1,
            plan.HasTails ? BundleFormat.TailFile(subnet.Name) : null,
            plan.HasFull ? BundleFormat.FullFile(subnet.Name) : null);
    }
}
