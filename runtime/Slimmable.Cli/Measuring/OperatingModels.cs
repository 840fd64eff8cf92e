using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>A bundle, loaded once for each of its gate's operating points, so that all of them are measured in one run.</summary>
internal sealed class OperatingModels : IDisposable
{
    private OperatingModels(IReadOnlyList<(double? TargetCost, SlimmableModel Model)> models) => (Default, Routed) = (models[0].Model, models[0].Model.Manifest.Gate is null ? [] : models);

    /// <summary>The bundle as it is loaded by default.</summary>
    public SlimmableModel Default { get; }

    /// <summary>The bundle at each operating point, the gate's own first; at no target for a gate that has none; empty where there is no gate.</summary>
    public IReadOnlyList<(double? TargetCost, SlimmableModel Model)> Routed { get; }

    /// <summary>Loads.</summary>
    /// <exception cref="Models.SlimmableException">The bundle cannot be loaded.</exception>
    public static OperatingModels Load(string bundle, ModelOptions options, CancellationToken cancellation)
    {
        var first = SlimmableModel.Load(bundle, options, cancellation);
        List<(double?, SlimmableModel)> models = [(first.Manifest.Gate is { OperatingPoints: [var own, ..] } ? own.TargetCost : null, first)];
        try
        {
            foreach (var point in first.Manifest.Gate?.OperatingPoints.Skip(1) ?? [])
            {
                models.Add((point.TargetCost, SlimmableModel.Load(bundle, options with { TargetCost = point.TargetCost, VerifyHashes = false }, cancellation)));
            }

            return new OperatingModels(models);
        }
        catch
        {
            models.ForEach(loaded => loaded.Item2.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        Default.Dispose();
        foreach (var (_, model) in Routed.Skip(1))
        {
            model.Dispose();
        }
    }
}
