using System.Diagnostics;
using System.IO.Enumeration;
using Slimmable.Training;

namespace Slimmable.Benchmarks;

/// <summary>Does the runs of a plan that are not done yet. Killed at any moment and started again, it goes on where it was.</summary>
/// <param name="plan">The runs.</param>
/// <param name="data">The data set that the plan's recipe names.</param>
/// <param name="folder">Where the runs' files go.</param>
/// <param name="log">Told what goes on.</param>
internal sealed class AblationRunner(AblationPlan plan, DataSet data, RunFolder folder, TextWriter log)
{
    /// <summary>Trains what is left.</summary>
    /// <param name="only">Runs whose names match, with <c>*</c> for anything; and what they are trained from.</param>
    /// <param name="cancellation">Stops between steps; what was done so far is kept.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(string only, CancellationToken cancellation = default)
    {
        var wanted = Wanted(plan, only);
        foreach (var (index, run) in wanted.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            if (folder.Finished(run) is null)
            {
                log.WriteLine($"{run.Name}: run {index + 1} of {wanted.Count}");
                Train(run, cancellation);
            }
        }
    }

    /// <summary>The runs whose names match a pattern, and those that they are trained from.</summary>
    public static IReadOnlyList<PlannedRun> Wanted(AblationPlan plan, string only)
    {
        var named = plan.Runs.Where(run => FileSystemName.MatchesSimpleExpression(only, run.Name)).ToList();
        var sources = named.Select(run => run.From).ToHashSet();
        return [.. plan.Runs.Where(run => named.Contains(run) || sources.Contains(run.Name))];
    }

    private void Train(PlannedRun run, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        RunFolder.Write(folder.RecipeOf(run.Name), run.Recipe);
        var recipe = RecipeFile.Parse(run.Name, run.Recipe);
        new TrainingRun(recipe, run.Recipe, data, folder.CheckpointOf(run.Name), new RunProgress(run.Name, log))
        {
            Resume = true,
            From = run.From is { } source ? folder.CheckpointOf(source) : null,
        }.Run(cancellation);
        log.WriteLine($"{run.Name}: done in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }
}
