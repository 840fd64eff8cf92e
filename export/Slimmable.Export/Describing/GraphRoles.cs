namespace Slimmable.Export;

/// <summary>What the files of a bundle are to each other.</summary>
internal static class GraphRoles
{
    public const string Gate = "gate";
    public const string Tail = "tail";
    public const string Full = "full";
    public const string Routed = "routed";

    /// <summary>One word for it.</summary>
    public static string Of(PlannedFile planned) => HasGate(planned) ? planned is PlannedRouting ? Routed : Gate : TakesImages(planned) ? Full : Tail;

    /// <summary>Whether images enter, and not a trunk's features.</summary>
    public static bool TakesImages(PlannedFile planned) => planned is not PlannedGraph part || part.Input.Port == PortNames.Input;

    /// <summary>Whether a gate is inside.</summary>
    public static bool HasGate(PlannedFile planned) => planned is not PlannedGraph part || part.Outputs.Any(output => output.Port == PortNames.GateLogits);

    /// <summary>Whether a score for each class leaves.</summary>
    public static bool Answers(PlannedFile planned) => planned is not PlannedGraph part || part.Outputs.Any(output => output.Port == PortNames.Logits);
}
