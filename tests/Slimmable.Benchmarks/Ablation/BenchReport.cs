using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary>A subnet's times, in microseconds a call.</summary>
/// <param name="Name">The subnet.</param>
/// <param name="MedianUs">Routed to it: trunk, gate, tail.</param>
/// <param name="FullMedianUs">As a graph of its own.</param>
internal sealed record BenchSubnet(string Name, double MedianUs, double FullMedianUs);

/// <summary>What <c>slimmable bench --json</c> prints for a bundle with standalone graphs.</summary>
/// <param name="Subnets">The times.</param>
internal sealed record BenchReport(IReadOnlyList<BenchSubnet> Subnets)
{
    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads the file, or null where there is none.</summary>
    /// <exception cref="InvalidFileException">It is something else.</exception>
    public static BenchReport? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<BenchReport>(File.ReadAllText(path), Format);
        }
        catch (JsonException fault)
        {
            throw new InvalidFileException(path, $"expected what `slimmable bench --json` prints for a bundle exported with --full, found: {fault.Message}", fault);
        }
    }
}
