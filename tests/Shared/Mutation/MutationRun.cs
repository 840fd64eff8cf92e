using System.Diagnostics;
using Slimmable.Models;
using Xunit.Abstractions;

namespace Slimmable.Tests;

/// <summary>
/// Has a reader read ten thousand mutated files. Each is read right or refused by a typed error of one line; anything else is a failure that names the seed
/// which makes the file again.
/// </summary>
/// <param name="reader">The reader's name.</param>
/// <param name="output">Gets the counts.</param>
internal sealed class MutationRun(string reader, ITestOutputHelper output)
{
    public const int Files = 10_000;

    private const int MostShown = 5;
    private const int LongestMessage = 1 << 16;

    /// <summary>A file takes a millisecond or so; who waits so long for one waits for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<string> failures = [];
    private int read;
    private int refused;
    private int crashes;
    private int escapes;
    private int wrong;
    private int overMemory;
    private long mostAllocated;
    private string current = "";

    /// <summary>Reads them all and fails where one of them did harm.</summary>
    /// <param name="seed">Of the first file; the next files have the next ones.</param>
    /// <param name="make">Writes the file of a seed.</param>
    /// <param name="open">Reads the file last written, and hands back the proof that it was read right, which throws where it was not.</param>
    public void Run(int seed, Func<Random, Mutant> make, Func<Action> open)
    {
        var clock = Stopwatch.StartNew();
        var worker = new Thread(() =>
        {
            for (var file = 0; file < Files; file++)
            {
                Try(seed + file, make, open);
            }
        })
        { IsBackground = true };
        worker.Start();
        for (var seen = ""; !worker.Join(Patience); seen = current)
        {
            Assert.True(seen != current, $"{reader}: hangs at {current}");
        }

        output.WriteLine(
            $"{reader}: {read + refused + crashes + escapes + wrong} files, {read} read right, {refused} refused, {wrong} read wrong, {crashes} crashes, 0 hangs, {escapes} escapes, "
            + $"{overMemory} over 4 times their size and 64 MiB (most allocated for one: {mostAllocated} bytes), seeds {seed} to {seed + Files - 1}, {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(failures.Count == 0, $"{reader}: {failures.Count} failures, the first:\n{string.Join('\n', failures.Take(MostShown))}");
        Assert.True(read > Files / 100 && refused > Files / 4, $"{read} read and {refused} refused: the mutations are too small or too great to tell");
    }

    private void Try(int seed, Func<Random, Mutant> make, Func<Action> open)
    {
        current = $"seed {seed}";
        try
        {
            var mutant = make(new Random(seed));
            current = $"seed {seed} ({mutant.Mutation}, {mutant.Bytes} bytes)";
            Read(mutant, open);
        }
        catch (Exception fault)
        {
            // Whatever it is, the other files are still to be tried.
            crashes++;
            failures.Add($"{current}: {fault}");
        }
    }

    private void Read(Mutant mutant, Func<Action> open)
    {
        Action? proof = null;
        SlimmableException? refusal = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            proof = open();
        }
        catch (SlimmableException fault)
        {
            refusal = fault;
        }

        Weigh(mutant, GC.GetAllocatedBytesForCurrentThread() - before);
        if (refusal is null ? mutant.LeadsOutside : mutant.Secret is { } secret && refusal.Message.Contains(secret, StringComparison.Ordinal))
        {
            escapes++;
            failures.Add($"{current}: what lies outside was read: {refusal?.Message}");
        }
        else if (refusal is null)
        {
            Prove(proof!);
        }
        else
        {
            refused++;
            if (refusal.Message.Length > LongestMessage || refusal.Message.Any(char.IsControl))
            {
                failures.Add($"{current}: a message of {refusal.Message.Length} characters or with control characters in it");
            }
        }
    }

    /// <summary>All that was allocated, garbage too, is more than ever was in use at once: where that keeps the limit, the peak does.</summary>
    private void Weigh(Mutant mutant, long allocated)
    {
        mostAllocated = Math.Max(mostAllocated, allocated);
        if (allocated > MemoryLimit.Of(mutant.Bytes))
        {
            overMemory++;
            failures.Add($"{current}: {allocated} bytes of memory");
        }
    }

    private void Prove(Action proof)
    {
        try
        {
            proof();
            read++;
        }
        catch (Exception fault)
        {
            wrong++;
            failures.Add($"{current}: read wrong: {fault}");
        }
    }
}
