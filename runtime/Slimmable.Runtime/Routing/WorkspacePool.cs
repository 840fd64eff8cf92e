using System.Numerics;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>
/// Workspaces for callers that come at once: each takes one of its own and gives it back. The last to give back after the pool was closed releases
/// everything, so that requests that run when a model is disposed of still finish.
/// </summary>
internal sealed class WorkspacePool
{
    /// <summary>Idle workspaces kept of each size; what a burst took beyond is released.</summary>
    private static readonly int MostIdle = 2 * Environment.ProcessorCount;

    private readonly BundleManifest manifest;
    private readonly Action release;
    private readonly Lock changing = new();
    private readonly Stack<Workspace>[] idle;
    private int taken;
    private bool closed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="manifest">The bundle.</param>
    /// <param name="largestBatch">The most rows of a workspace.</param>
    /// <param name="release">Called once, when the pool is closed and every workspace is back.</param>
    public WorkspacePool(BundleManifest manifest, int largestBatch, Action release)
    {
        this.manifest = manifest;
        this.release = release;
        idle = [.. Enumerable.Range(0, SizeOf(largestBatch) + 1).Select(_ => new Stack<Workspace>())];
    }

    /// <summary>Takes a workspace; it must be given back.</summary>
    /// <param name="rows">The rows of the request.</param>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public Workspace Take(int rows)
    {
        var size = SizeOf(rows);
        lock (changing)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SlimmableModel));
            taken++;
            if (idle[size].TryPop(out var workspace))
            {
                return workspace;
            }
        }

        try
        {
            return new Workspace(manifest, 1 << size);
        }
        catch
        {
            Leave(null);
            throw;
        }
    }

    /// <summary>Gives a workspace back.</summary>
    public void GiveBack(Workspace workspace) => Leave(workspace);

    /// <summary>Takes no more requests. What the pool holds is released now, or by the last request that runs. Closing twice does nothing.</summary>
    public void Close()
    {
        lock (changing)
        {
            if (closed)
            {
                return;
            }

            closed = true;
            if (taken > 0)
            {
                return;
            }
        }

        Release();
    }

    /// <summary>Capacities are powers of two, so that batches of many lengths share a few.</summary>
    private static int SizeOf(int rows) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)rows));

    private void Leave(Workspace? workspace)
    {
        bool last;
        lock (changing)
        {
            taken--;
            last = closed && taken == 0;
            if (!closed && workspace is not null && idle[SizeOf(workspace.Capacity)] is { Count: var count } same && count < MostIdle)
            {
                same.Push(workspace);
                workspace = null;
            }
        }

        workspace?.Dispose();
        if (last)
        {
            Release();
        }
    }

    private void Release()
    {
        foreach (var workspace in idle.SelectMany(same => same))
        {
            workspace.Dispose();
        }

        release();
    }
}
