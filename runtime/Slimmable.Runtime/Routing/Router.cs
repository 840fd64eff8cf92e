using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>
/// Runs the gate on a batch, groups the rows by the subnet it picks, runs each group once on what the trunk made of it, and puts the answers back
/// in order. Safe for many threads, each with a workspace of its own.
/// </summary>
internal sealed class Router
{
    private readonly GraphSet graphs;
    private readonly IReadOnlyList<BundleSubnet> subnets;
    private readonly int[] candidates;
    private readonly float[] offsets;

    /// <summary>Prepares.</summary>
    /// <param name="graphs">The bundle's graphs.</param>
    /// <param name="point">What the gate is set to; null for its scores as they are.</param>
    public Router(GraphSet graphs, OperatingPoint? point)
    {
        this.graphs = graphs;
        subnets = graphs.Manifest.Subnets;
        var names = subnets.Select(subnet => subnet.Name).ToList();
        candidates = [.. graphs.Manifest.Gate?.Candidates.Select(name => names.IndexOf(name)) ?? []];
        offsets = [.. point?.Offsets ?? Enumerable.Repeat(0f, candidates.Length)];
    }

    /// <summary>Whether the gate's graph runs in a request: to choose, or because the trunk is part of it.</summary>
    /// <param name="forced">The subnet that the caller names, or null.</param>
    public bool UsesGate(int? forced) => forced is null || graphs.HasTrunk;

    /// <summary>Answers a batch.</summary>
    /// <param name="work">Memory for as many rows.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="forced">The subnet that answers every row; null lets the gate choose.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <returns>The multiply-adds of all rows.</returns>
    /// <exception cref="InvalidInputException">A row holds NaN that reaches an answer.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public unsafe long Route(Workspace work, Batch batch, int? forced, CancellationToken cancellation)
    {
        var chosen = work.Chosen.AsSpan(0, batch.Rows);
        chosen.Fill(forced ?? 0);
        var madds = 0L;
        fixed (byte* input = batch.Input)
        {
            var source = (nint)input;
            if (UsesGate(forced))
            {
                work.Run(graphs.Gate!, batch.Rows, source);
                ReadGate(work, batch, forced is null ? chosen : []);
                source = graphs.HasTrunk ? work.Features : source;
                madds += batch.Rows * graphs.Manifest.Gate!.MAdds;
            }

            work.Groups.Set(chosen);
            for (var subnet = 0; subnet < subnets.Count; subnet++)
            {
                var group = work.Groups.Of(subnet);
                if (!group.IsEmpty)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var start = group.Length == batch.Rows ? source : work.Gather(source, group);
                    Answer(work, graphs.Routed(subnet), start, group, batch);
                    madds += group.Length * subnets[subnet].MAdds;
                }
            }
        }

        if (!batch.Subnets.IsEmpty)
        {
            chosen.CopyTo(batch.Subnets);
        }

        return madds;
    }

    /// <summary>Answers a batch with a subnet's standalone graph.</summary>
    /// <param name="work">Memory for as many rows.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="subnet">The subnet.</param>
    /// <returns>The multiply-adds of all rows.</returns>
    /// <exception cref="InvalidInputException">A row holds NaN that reaches an answer, or the subnet has no such graph.</exception>
    /// <exception cref="InvalidFileException">The graph is refused or does not fit the manifest.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    public unsafe long RunStandalone(Workspace work, Batch batch, int subnet)
    {
        var chosen = work.Chosen.AsSpan(0, batch.Rows);
        chosen.Fill(subnet);
        work.Groups.Set(chosen);
        fixed (byte* input = batch.Input)
        {
            Answer(work, graphs.Standalone(subnet), (nint)input, work.Groups.Of(subnet), batch);
        }

        return batch.Rows * subnets[subnet].MAdds;
    }

    /// <summary>Runs every loaded graph once on nothing, whatever it answers.</summary>
    /// <param name="work">Memory for a row.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public unsafe void WarmUp(Workspace work, CancellationToken cancellation)
    {
        fixed (byte* input = new byte[graphs.Manifest.Input.RowBytes()])
        {
            foreach (var graph in graphs.Loaded)
            {
                cancellation.ThrowIfCancellationRequested();
                work.Run(graph, rows: 1, ReferenceEquals(graph.Input, graphs.Manifest.Input) ? (nint)input : work.Features);
            }
        }
    }

    /// <summary>Takes the gate's scores, and the choices that follow from them: the largest score with its offset, the first of equals.</summary>
    private void ReadGate(Workspace work, Batch batch, Span<int> chosen)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var scores = work.GateLogitsOf(row);
            Check(scores, batch, row, graphs.Gate!);
            if (!chosen.IsEmpty)
            {
                chosen[row] = candidates[IndexOfLargest(scores, offsets)];
            }

            if (!batch.GateLogits.IsEmpty)
            {
                scores.CopyTo(batch.GateLogits[(row * scores.Length)..]);
            }
        }
    }

    private static void Answer(Workspace work, GraphSession graph, nint start, ReadOnlySpan<int> group, Batch batch)
    {
        work.Run(graph, group.Length, start);
        for (var index = 0; index < group.Length; index++)
        {
            var logits = work.LogitsOf(index);
            Check(logits, batch, group[index], graph);
            logits.CopyTo(batch.Logits[(group[index] * logits.Length)..]);
        }
    }

    /// <summary>
    /// Looks for NaN in what a graph answers, a few numbers, and only then in the input, which is large: a NaN that matters shows in the answer.
    /// </summary>
    private static void Check(ReadOnlySpan<float> answers, Batch batch, int row, GraphSession graph)
    {
        if (IndexOfNaN(answers) < 0)
        {
            return;
        }

        var length = batch.Input.Length / batch.Rows;
        var found = IndexOfNaN(batch.Input.Slice(row * length, length).Numbers);
        throw new InvalidInputException(
            $"input row {batch.First + row}",
            found >= 0
                ? $"expected numbers, found NaN at element {found} of {length}"
                : $"expected numbers that the model can answer, found that {Path.GetFileName(graph.Path)} answers NaN");
    }

    private static int IndexOfLargest(ReadOnlySpan<float> scores, ReadOnlySpan<float> offsets)
    {
        var largest = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            largest = scores[index] + offsets[index] > scores[largest] + offsets[largest] ? index : largest;
        }

        return largest;
    }

    private static int IndexOfNaN(ReadOnlySpan<float> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (float.IsNaN(values[index]))
            {
                return index;
            }
        }

        return -1;
    }
}
