using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Which graph is served, and by what.</summary>
public sealed partial record ServingOptions
{
    /// <summary>The server.</summary>
    public required ServingTarget Target { get; init; }

    /// <summary>The subnet whose graph is served. Default: null, the graph that routes by itself. Without a gate a name is needed.</summary>
    public string? Subnet { get; init; }

    /// <summary>
    /// Where the cluster finds the folder, once it is uploaded: an absolute URI, e.g. <c>s3://bucket/folder</c>. For <see cref="ServingTarget.Kserve"/>,
    /// which needs it, and for nothing else. Default: null.
    /// </summary>
    public string? StorageUri { get; init; }

    /// <summary>The most inputs that the server may put into one batch, 1 to 65,536. Default: 64.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>Checks the options against a graph.</summary>
    /// <exception cref="InvalidOptionsException">Something does not fit; every fault is listed.</exception>
    internal void Check(SupernetGraph graph)
    {
        List<string> faults = [.. TargetFaults(), .. SubnetFaults(graph)];
        if (MaxBatch is < 1 or > 1 << 16)
        {
            faults.Add($"maxBatch: expected 1..{1 << 16}, found {MaxBatch}");
        }

        if (faults.Count > 0)
        {
            throw new InvalidOptionsException("serving", faults);
        }
    }

    private IEnumerable<string> TargetFaults()
    {
        if (!Enum.IsDefined(Target))
        {
            yield return $"target: unknown target {Target}";
        }

        if (Target == ServingTarget.Kserve && StorageUri is null)
        {
            yield return "storageUri: expected where the cluster finds the folder, e.g. s3://bucket/folder, found none";
        }

        if (Target == ServingTarget.Triton && StorageUri is { } unused)
        {
            yield return $"storageUri: expected for kserve only, found '{unused}'";
        }

        if (StorageUri is { } uri && !AbsoluteUri().IsMatch(uri))
        {
            yield return $"storageUri: expected an absolute URI, e.g. s3://bucket/folder, found '{uri}'";
        }
    }

    private IEnumerable<string> SubnetFaults(SupernetGraph graph)
    {
        var names = string.Join(", ", graph.Routable.Select(subnet => subnet.Name));
        if (Subnet is null && graph.Gate is null)
        {
            yield return $"subnet: expected one of {names}, for '{graph.Name}' has no gate to choose, found none";
        }

        if (Subnet is not null && graph.Routable.All(subnet => subnet.Name != Subnet))
        {
            yield return $"subnet '{Subnet}': expected one of {names}";
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://[!-~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AbsoluteUri();
}
