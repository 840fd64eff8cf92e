using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Slimmable.Benchmarks;

/// <summary>Graphs to be timed together.</summary>
/// <param name="Files">In the order they run.</param>
/// <param name="Level">What ONNX Runtime may do to them.</param>
internal sealed record TimedGraphs(IReadOnlyList<string> Files, GraphOptimizationLevel Level = GraphOptimizationLevel.ORT_ENABLE_ALL);

/// <summary>Times graphs against each other: each is called once in turn, over and over, so that whatever else the machine does falls on all.</summary>
internal static class GraphTimes
{
    /// <summary>The median microseconds of a call to each.</summary>
    /// <param name="graphs">What is timed.</param>
    /// <param name="rounds">Calls to each that count; a tenth as many before them do not.</param>
    public static IReadOnlyList<double> Medians(IReadOnlyList<TimedGraphs> graphs, int rounds)
    {
        var chains = new List<GraphChain>();
        try
        {
            chains.AddRange(graphs.Select(timed => new GraphChain(timed.Files, timed.Level)));
            var times = chains.Select(_ => new List<double>(rounds)).ToList();
            for (var round = -Math.Max(1, rounds / 10); round < rounds; round++)
            {
                foreach (var (chain, taken) in chains.Zip(times))
                {
                    var start = Stopwatch.GetTimestamp();
                    chain.Run();
                    if (round >= 0)
                    {
                        taken.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    }
                }
            }

            return [.. times.Select(taken => taken.Order().ElementAt(taken.Count / 2))];
        }
        finally
        {
            chains.ForEach(chain => chain.Dispose());
        }
    }
}
