using System.CommandLine;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary><c>slimmable info MODEL</c>: what a checkpoint, a bundle or a named architecture holds.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "a checkpoint (.safetensors), a bundle's folder, or an architecture's name" };
        var json = CommonOptions.Json();
        var command = new Verb(
            "info",
            "Show what a checkpoint, a bundle or a named architecture holds: subnets, their cost, the gate.",
            "slimmable info fashion.safetensors",
            "slimmable info s-resnet-50",
            "slimmable info fashion-bundle --json")
        {
            model,
            json,
        };
        command.Does((parsed, _) => Run(parsed.GetRequiredValue(model), parsed.GetValue(json)));
        return command;
    }

    private static void Run(string model, bool json)
    {
        var answer = Of(model);
        Answer.Print(json, answer, AnswerJson.Default.InfoAnswer, () => Tables.Print(
            $"{answer.Kind} {answer.Name}",
            ["subnet", "routable", "gate", "M MAdds", "parameters"],
            answer.Subnets.Select<SubnetInfo, string[]>(subnet =>
            [
                subnet.Name,
                subnet.Routable ? "yes" : "teaches only",
                answer.Gate?.Candidates.Contains(subnet.Name) ?? false ? "candidate" : string.Empty,
                Tables.Millions(subnet.MAdds),
                Tables.Count(subnet.Parameters),
            ])));
    }

    /// <summary>What lies on disk goes before an architecture of the same name.</summary>
    private static InfoAnswer Of(string model) =>
        Directory.Exists(model) ? OfBundle(ManifestFile.Read(model))
        : Architectures.Names.Contains(model) && !File.Exists(model) ? OfGraph("architecture", Architectures.Build(model))
        : OfCheckpoint(model);

    private static InfoAnswer OfCheckpoint(string path)
    {
        using var checkpoint = CheckpointFile.Open(path);
        return OfGraph("checkpoint", checkpoint.Graph);
    }

    private static InfoAnswer OfBundle(BundleManifest manifest) => new(
        "bundle",
        manifest.Model,
        [.. manifest.Subnets.Select(subnet => new SubnetInfo(subnet.Name, Routable: true, subnet.MAdds, subnet.Parameters))],
        manifest.Gate is { } gate ? new GateInfo(gate.Candidates) : null);

    private static InfoAnswer OfGraph(string kind, SupernetGraph graph) => new(
        kind,
        graph.Name,
        [.. graph.Subnets.Select(subnet => Info(subnet, CostModel.Of(graph, subnet)))],
        graph.Gate is { } gate ? new GateInfo(gate.Candidates) : null);

    private static SubnetInfo Info(Subnet subnet, Cost cost) => new(subnet.Name, subnet.Routable, cost.MAdds, cost.Parameters);
}
