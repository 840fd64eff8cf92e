namespace Slimmable.Runtime;

/// <summary>Whose threads compute a model's requests.</summary>
public enum ThreadSource
{
    /// <summary>The one that calls, alone.</summary>
    Caller,

    /// <summary>The process's one pool, which every model and graph takes turns on: the fastest.</summary>
    Shared,

    /// <summary>A pool for each graph, whose idle threads sleep rather than spin, so that they do not take the processor from one another.</summary>
    PerGraph,
}

/// <summary>The threads that a model runs on.</summary>
/// <param name="Source">Whose they are.</param>
/// <param name="Count">How many compute one request; 0 where ONNX Runtime picked the number for the machine.</param>
public sealed record ThreadPlan(ThreadSource Source, int Count);
