using System.CommandLine;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary><c>slimmable info MODEL</c>: what a checkpoint or a bundle holds.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var model = CommonOptions.CheckpointOrBundle();
        var json = CommonOptions.Json();
        var command = new Verb(
            "info",
            "Show what a checkpoint or a bundle holds: subnets, their cost, the gate.",
            "slimmable info fashion.safetensors",
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
        var answer = Directory.Exists(model) ? OfBundle(ManifestFile.Read(model)) : OfCheckpoint(Checkpoint.Read(model));
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

    private static InfoAnswer OfBundle(BundleManifest manifest) => new(
        "bundle",
        manifest.Model,
        [.. manifest.Subnets.Select(subnet => new SubnetInfo(subnet.Name, Routable: true, subnet.MAdds, subnet.Parameters))],
        manifest.Gate is { } gate ? new GateInfo(gate.Candidates) : null);

    private static InfoAnswer OfCheckpoint(Checkpoint checkpoint)
    {
        var graph = checkpoint.Graph;
        return new(
            "checkpoint",
            graph.Name,
            [.. graph.Subnets.Select(subnet => Info(subnet, CostModel.Of(graph, subnet)))],
            graph.Gate is { } gate ? new GateInfo(gate.Candidates) : null);
    }

    private static SubnetInfo Info(Subnet subnet, Cost cost) => new(subnet.Name, subnet.Routable, cost.MAdds, cost.Parameters);
}
