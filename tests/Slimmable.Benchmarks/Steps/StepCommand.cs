using System.CommandLine;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary><c>step</c>: our training step and the same one in Python, in turn.</summary>
internal static class StepCommand
{
    private static Option<int> Threads => CountOption.Create("--threads", "threads on each side", 2);

    public static Command Create()
    {
        var python = new Option<string>("--python") { Description = "a Python with PyTorch, such as Debian's with python3-torch", DefaultValueFactory = _ => "python3" };
        var architecture = new Option<string>("--architecture") { Description = "a DS-MBNet preset", DefaultValueFactory = _ => "ds-mbnet-32" };
        var batch = CountOption.Create("--batch", "images a step", 128);
        var rounds = CountOption.Create("--rounds", "steps that are timed, on each side in turn", 30);
        var threads = Threads;
        var command = new Command("step", "Compare a DS-Net training step (IEB) with the same step in Python: time and peak memory.") { python, architecture, batch, rounds, threads };
        command.SetAction(parsed =>
        {
            try
            {
                return StepComparison.Run(new StepComparisonOptions(
                    parsed.GetRequiredValue(python),
                    parsed.GetRequiredValue(architecture),
                    parsed.GetValue(batch),
                    parsed.GetValue(rounds),
                    parsed.GetValue(threads)));
            }
            catch (SlimmableException fault)
            {
                Console.Error.WriteLine(fault.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>Our side, in a process of its own.</summary>
    public static Command CreateWorker()
    {
        var checkpoint = new Argument<string>("checkpoint");
        var images = new Argument<string>("batch");
        var threads = Threads;
        var command = new Command("step-worker", "Our side of 'step'.") { checkpoint, images, threads };
        command.Hidden = true;
        command.SetAction(parsed => StepWorker.Run(parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(images), parsed.GetValue(threads)));
        return command;
    }
}
