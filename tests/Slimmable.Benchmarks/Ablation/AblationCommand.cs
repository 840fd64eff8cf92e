using System.CommandLine;
using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Benchmarks;

/// <summary><c>ablation</c>: trains what the papers compare, and writes docs/results.md.</summary>
internal static class AblationCommand
{
    private const string Itself = "dotnet run -c Release --project tests/Slimmable.Benchmarks -- ablation";
    private const int Failure = 1;
    private const int Stopped = 130;

    private static string SharedRecipe => Path.Combine(AppContext.BaseDirectory, "ablation.json");

    public static Command Create()
    {
        var seeds = CountOption.Create("--seeds", "seeds of each method, from 1 on", 3);
        var output = new Option<string>("--out") { Description = "where recipes, checkpoints and results.json go", DefaultValueFactory = _ => "artifacts/ablation" };
        var page = new Option<string>("--page") { Description = "the page to write when all is done; its curves go into images beside it", DefaultValueFactory = _ => "docs/results.md" };
        var threads = CountOption.Create("--threads", "threads of the training", 2);
        var only = new Option<string>("--only") { Description = "only runs with such names, e.g. 'ieb-*', and those they start from", DefaultValueFactory = _ => "*" };
        var recipe = new Option<string>("--recipe") { Description = "what all runs have in common; default: the one beside the program", DefaultValueFactory = _ => SharedRecipe };
        var data = new Option<string?>("--data") { Description = "the folder with the data set's files; default: the usual places" };
        var dryRun = new Option<bool>("--dry-run") { Description = "list the runs and which of them are done" };
        var command = new Command("ablation", "Train what the papers compare and write docs/results.md. Started again, it goes on where it was.")
        {
            seeds, output, page, threads, only, recipe, data, dryRun,
        };
        command.SetAction(parsed => Run(new Request(
            parsed.GetRequiredValue(recipe),
            parsed.GetValue(seeds),
            new RunFolder(parsed.GetRequiredValue(output)),
            parsed.GetRequiredValue(page),
            parsed.GetValue(threads),
            parsed.GetRequiredValue(only),
            parsed.GetValue(data),
            parsed.GetValue(dryRun))));
        return command;
    }

    private static int Run(Request request)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        try
        {
            var plan = new AblationPlan(request.Recipe, File.ReadAllText(request.Recipe), request.Seeds);
            if (request.DryRun)
            {
                List(plan, request);
                return 0;
            }

            torch.set_num_threads(request.Threads);
            var dataSet = plan.Recipe.DataSet.Load(request.Data, Path.GetDirectoryName(request.Recipe) ?? string.Empty);
            new AblationRunner(plan, dataSet, request.Folder, Console.Out).Run(request.Only, stop.Token);
            var left = plan.Runs.Count(run => request.Folder.Finished(run) is null);
            if (left > 0)
            {
                Console.Out.WriteLine($"{left} runs are left; the page is written when there are none");
                return 0;
            }

            AblationReport.Write(plan, dataSet, request.Folder, request.Page, Itself);
            Console.Out.WriteLine($"wrote {request.Folder.Results} and {request.Page}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stopped; the same command goes on");
            return Stopped;
        }
        catch (Exception fault) when (fault is SlimmableException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(fault.Message);
            return Failure;
        }
    }

    private static void List(AblationPlan plan, Request request)
    {
        foreach (var run in AblationRunner.Wanted(plan, request.Only))
        {
            Console.Out.WriteLine($"{run.Name}{(run.From is { } from ? $" from {from}" : "")}: {(request.Folder.Finished(run) is null ? "to do" : "done")}");
        }
    }

    private sealed record Request(string Recipe, int Seeds, RunFolder Folder, string Page, int Threads, string Only, string? Data, bool DryRun);
}
