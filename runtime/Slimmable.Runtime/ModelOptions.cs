using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>How a bundle is loaded and run.</summary>
public sealed record ModelOptions
{
    /// <summary>The most threads that <see cref="Threads"/> accepts.</summary>
    public const int MostThreads = 1024;

    /// <summary>The most rows that <see cref="LargestBatch"/> accepts.</summary>
    public const int MostRows = 65_536;

    /// <summary>
    /// Threads that compute one request, its caller's included; 0 to 1024, default 0: as many as ONNX Runtime finds good for the machine.
    /// With 1 a request runs on its caller's thread alone. What the model got is <see cref="SlimmableModel.Threads"/>; ONNX Runtime has one
    /// shared pool a process, so the first model decides its size.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// Most inputs that are computed together; 1 to 65536, default 64. Longer batches are taken in pieces of this size, which bounds the memory that
    /// a request takes. Larger pieces hardly run faster.
    /// </summary>
    public int LargestBatch { get; init; } = 64;

    /// <summary>Whether the files' SHA-256 is compared with the manifest; default true. Their names, places and sizes always are.</summary>
    public bool VerifyHashes { get; init; } = true;

    /// <summary>
    /// The mean cost that the gate is set to, as a part of the widest subnet's: the target of one of the bundle's operating points. Default null, the
    /// gate's own.
    /// </summary>
    public double? TargetCost { get; init; }

    /// <summary>Whether every loaded graph runs once before the model is handed out, so that the first request is not the slow one; default true.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>Whether standalone graphs are loaded with the model, rather than each when it is first asked for; default false.</summary>
    public bool LoadStandalone { get; init; }

    /// <summary>
    /// Whether a subnet's graph is loaded when it first answers, rather than with the model; default false. For large bundles of which few subnets are used.
    /// </summary>
    public bool LoadOnDemand { get; init; }

    /// <exception cref="InvalidOptionsException">Options are out of range; every fault is listed.</exception>
    internal void Check()
    {
        List<string> faults = [];
        if (Threads is < 0 or > MostThreads)
        {
            faults.Add($"{nameof(Threads)}: expected 0 to {MostThreads}, found {Threads}");
        }

        if (LargestBatch is < 1 or > MostRows)
        {
            faults.Add($"{nameof(LargestBatch)}: expected 1 to {MostRows}, found {LargestBatch}");
        }

        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(nameof(ModelOptions), faults);
        }
    }
}
