using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What the graphs of a bundle call their inputs and outputs. Consumers read them from the manifest.</summary>
internal static class PortNames
{
    public const string Input = "input";
    public const string Features = "features";
    public const string GateLogits = "gate_logits";
    public const string Logits = "logits";
    public const string SubnetIndex = BundleFormat.SubnetIndex;
}
