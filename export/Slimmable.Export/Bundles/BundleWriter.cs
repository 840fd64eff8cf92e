using System.Security.Cryptography;
using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Writes a bundle's files into a folder, one at a time, the manifest and its hash last.</summary>
internal sealed class BundleWriter(Checkpoint checkpoint, ExportOptions options, BundlePlan plan, string folder)
{
    private readonly SupernetGraph graph = checkpoint.Graph;
    private readonly List<BundleFile> files = [];

    public BundleManifest Write(IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        var total = plan.Files.Count + (checkpoint.Golden is null ? 0 : 1);
        foreach (var planned in plan.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteModel(planned);
            progress?.Report(new ExportProgress(planned.File, files.Count, total));
        }

        if (checkpoint.Golden is { } golden)
        {
            SafetensorsWriter.Write(Path.Combine(folder, BundleFormat.GoldenFile), golden.ToTensors(graph, "", plan.Subnets));
            AddFile(BundleFormat.GoldenFile);
            progress?.Report(new ExportProgress(BundleFormat.GoldenFile, files.Count, total));
        }

        cancellation.ThrowIfCancellationRequested();
        var manifest = Manifest();
        ManifestFile.Write(folder, manifest);
        ManifestHash.Write(folder);
        return manifest;
    }

    private void WriteModel(PlannedFile planned)
    {
        var lowered = planned switch
        {
            PlannedGraph part => Lower(part),
            PlannedRouting routing => Lower(routing),
            _ => throw new NotSupportedException($"no way to write {planned.GetType().Name}"),
        };
        AtomicFile.Write(Path.Combine(folder, planned.File), OnnxModel.Of(lowered, options.Tool, options.ToolVersion).WriteTo);
        AddFile(planned.File);
    }

    private GraphProto Lower(PlannedGraph part)
    {
        var network = NetworkOf(part);
        WeightRules.CheckSize(network.Name, network);
        return OnnxLowering.Lower(network);
    }

    private GraphProto Lower(PlannedRouting routing)
    {
        var name = NameOf(routing);
        var gate = NetworkOf(routing.Gate);
        var tails = routing.Tails
            .Select(tail => new RoutedTail(tail.Subnet.Name, plan.Subnets.Index().First(subnet => subnet.Item == tail.Subnet).Index, NetworkOf(tail)))
            .ToList();
        WeightRules.CheckSize(name, [gate, .. tails.Select(tail => tail.Network)]);
        return RoutedLowering.Lower(name, gate, tails);
    }

    private PlainNetwork NetworkOf(PlannedGraph part) =>
        GraphPasses.Run(new SubnetSlicer(checkpoint, part.Subnet).Slice(NameOf(part), part.Input, part.Outputs));

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
            Input: Tensor(PortNames.Input, graph.Input.Name),
            Logits: Tensor(PortNames.Logits, graph.Definition.Logits),
            Features: plan.HasTails ? Tensor(PortNames.Features, gate!.Features) : null,
            GateLogits: gate is null ? null : Tensor(PortNames.GateLogits, gate.Logits),
            checkpoint.Info.Preprocessing,
            checkpoint.Info.Labels,
            [.. plan.Subnets.Select(Describe)],
            gate is null ? null : DescribeGate(gate),
            plan.HasRouted ? BundleFormat.RoutedFile : null,
            checkpoint.Golden is null ? null : BundleFormat.GoldenFile,
            [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)]);
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
