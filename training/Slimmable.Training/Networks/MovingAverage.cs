using TorchSharp;

namespace Slimmable.Training;

/// <summary>An exponential moving average of a supernet, weights and running statistics alike: average = decay * average + (1 - decay) * current.</summary>
public sealed class MovingAverage : IDisposable
{
    private readonly Supernet source;
    private readonly double decay;

    /// <summary>Starts from the source's present weights.</summary>
    /// <param name="source">What is averaged.</param>
    /// <param name="decay">In [0, 1). DS-Net: 0.997.</param>
    public MovingAverage(Supernet source, double decay)
    {
        ArgumentNullException.ThrowIfNull(source);
        this.source = source;
        this.decay = decay;
        Network = new Supernet(source.Graph);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var spec in source.Graph.Tensors)
        {
            Network[spec.Name].copy_(source[spec.Name]);
        }
    }

    /// <summary>The averaged network.</summary>
    public Supernet Network { get; }

    /// <summary>
    /// Takes in the source's present weights. The first updates weigh more, with a decay of at most (1 + n) / (10 + n), so that a short run
    /// is not taught by its own beginning.
    /// </summary>
    /// <param name="updates">How many updates there were before, from 0 up.</param>
    public void Update(long updates)
    {
        var effective = Math.Min(decay, (1.0 + updates) / (10.0 + updates));
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var spec in source.Graph.Tensors)
        {
            Network[spec.Name].mul_(effective).add_(source[spec.Name], 1 - effective);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
