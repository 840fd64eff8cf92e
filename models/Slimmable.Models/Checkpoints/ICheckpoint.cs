namespace Slimmable.Models;

/// <summary>A supernet with its weights, which may lie in memory or elsewhere.</summary>
public interface ICheckpoint
{
    /// <summary>The architecture.</summary>
    SupernetGraph Graph { get; }

    /// <summary>Every tensor of <see cref="SupernetGraph.Tensors"/> by name, row-major, full size.</summary>
    IReadOnlyDictionary<string, TensorValues> Tensors { get; }

    /// <summary>Where it comes from.</summary>
    CheckpointInfo Info { get; }

    /// <summary>The trainer's own answers, where it made some.</summary>
    GoldenSamples? Golden { get; }
}
