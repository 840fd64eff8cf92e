using System.Globalization;
using Slimmable.Training;
using Spectre.Console;

namespace Slimmable.Cli;

/// <summary>Shows a run on standard error: bars on a terminal, plain lines elsewhere, and a line of metrics per epoch on both.</summary>
internal static class ConsoleProgress
{
    /// <summary>Runs some work that tells how far it is.</summary>
    public static T Run<T>(Func<ITrainingProgress, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Profile.Out.IsTerminal
            ? console.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context => work(new BarProgress(context, console)))
            : work(new PlainProgress(Console.Error));
    }

    /// <summary>An epoch's means in one line.</summary>
    public static string Line(EpochMetrics metrics)
    {
        var values = metrics.Values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.0000}"));
        return string.Create(
            CultureInfo.InvariantCulture, $"{metrics.Phase} {metrics.Epoch}/{metrics.Epochs}: {string.Join(", ", values)}, rate {metrics.LearningRate:0.#####}");
    }

    private sealed class BarProgress(ProgressContext context, IAnsiConsole console) : ITrainingProgress
    {
        private ProgressTask? task;

        public void PhaseStarted(string phase, long steps)
        {
            task?.StopTask();
            task = context.AddTask(Markup.Escape(phase), maxValue: Math.Max(1, steps));
        }

        public void StepDone() => task?.Increment(1);

        public void EpochDone(EpochMetrics metrics) => console.WriteLine(Line(metrics));
    }

    private sealed class PlainProgress(TextWriter writer) : ITrainingProgress
    {
        public void PhaseStarted(string phase, long steps) => writer.WriteLine($"{phase}: {steps} steps");

        public void StepDone()
        {
        }

        public void EpochDone(EpochMetrics metrics) => writer.WriteLine(Line(metrics));
    }
}
