using System.Text.Json;
using System.Xml.Linq;
using Slimmable.Models;

namespace Slimmable.Benchmarks.Tests.Ablation;

/// <summary>The command's work from nothing to the page.</summary>
public sealed class AblationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_stopped_goes_on_where_it_was_and_writes_the_page()
    {
        var (plan, runs) = (ToyAblation.Plan, new RunFolder(folder.File("runs")));
        using (var stop = new CancellationTokenSource())
        {
            // In the middle of the third run.
            using var log = new Announcements(line => Cancel(stop, line.StartsWith($"{plan.Runs[2].Name}: stage one 1/", StringComparison.Ordinal)));
            Assert.Throws<OperationCanceledException>(() => new AblationRunner(plan, ToyAblation.Data, runs, log).Run("*", stop.Token));
        }

        Assert.Equal([true, true, false, false], plan.Runs.Take(4).Select(run => runs.Finished(run) is not null));
        Assert.True(File.Exists(StateOf(runs, plan.Runs[2])));
        var before = File.GetLastWriteTimeUtc(runs.CheckpointOf(plan.Runs[0].Name));

        using var second = new Announcements();
        new AblationRunner(plan, ToyAblation.Data, runs, second).Run("*");

        Assert.All(plan.Runs, run => Assert.NotNull(runs.Finished(run)));
        Assert.Equal(before, File.GetLastWriteTimeUtc(runs.CheckpointOf(plan.Runs[0].Name)));
        Assert.Equal(plan.Runs.Skip(2).Select(run => run.Name), second.Lines.Where(line => line.Contains(": run ", StringComparison.Ordinal)).Select(line => line.Split(':')[0]));
        Assert.DoesNotContain(second.Lines, line => line.StartsWith($"{plan.Runs[2].Name}: stage one 1/", StringComparison.Ordinal));

        AblationReport.Write(plan, ToyAblation.Data, runs, folder.File("docs/results.md"), "the command");

        AssertResults(AblationResults.Collect(plan, ToyAblation.Data, runs), runs);
        AssertPage(File.ReadAllText(folder.File("docs/results.md")));
        Assert.All(["ablation-widths.svg", "ablation-gates.svg"], image => Assert.Equal("svg", XDocument.Load(folder.File($"docs/images/{image}")).Root!.Name.LocalName));
    }

    private static void AssertResults(AblationResults results, RunFolder runs)
    {
        Assert.Equal(results.ToJson(), File.ReadAllText(runs.Results));
        using var json = JsonDocument.Parse(File.ReadAllText(runs.Results));
        Assert.Equal(5 * 4 * 2, json.RootElement.GetProperty("scores").GetArrayLength());
        Assert.Equal(3 * 4 * 2, json.RootElement.GetProperty("gates").GetArrayLength());
        Assert.Equal([1L, 2L], results.Oracles.Select(oracle => oracle.Seed));
        Assert.All(results.Gates, gate => Assert.Equal(1, gate.Shares.Values.Sum(), 1e-9));
        Assert.All(results.Gates, gate => Assert.InRange(gate.Oracle, gate.BestWidth, 100));

        // A supernet's widths as its checkpoint has them are what its answers are counted from.
        var ieb = Checkpoint.Read(runs.CheckpointOf("ieb-seed2"));
        var answers = WidthAnswers.Of(ieb, ToyAblation.Data);
        Assert.Equal(ieb.Info.Accuracy!.Subnets.Select(subnet => subnet.Top1), Enumerable.Range(0, 4).Select(answers.Top1));
    }

    private static void AssertPage(string page)
    {
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("```bash\nthe command\n```", page, StringComparison.Ordinal);
        Assert.Contains("| width | M MAdds | alone | S-Net | US-Net | IB | IEB |", page, StringComparison.Ordinal);
        Assert.Contains("| 30 % | uncertainty |", page, StringComparison.Ordinal);
        Assert.Contains("S-Net - alone (everywhere)", page, StringComparison.Ordinal);
        Assert.Contains("Not measured in this run.", page, StringComparison.Ordinal);
    }

    private static string StateOf(RunFolder runs, PlannedRun run) => Path.ChangeExtension(runs.CheckpointOf(run.Name), ".resume.safetensors");

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
        {
            stop.Cancel();
        }
    }
}
