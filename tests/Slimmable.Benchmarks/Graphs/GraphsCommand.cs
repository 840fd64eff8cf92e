using System.CommandLine;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary>The verbs that time an architecture's graphs: batch 1, one thread, fresh weights.</summary>
internal static class GraphsCommand
{
    private const int Rounds = 2000;

    /// <summary>All of them.</summary>
    public static IEnumerable<Command> All =>
    [
        Create("graphs", "Time each width's standalone graph with ReLU, Swish and HardSwish, and without ONNX Runtime's blocked memory layout.", GraphsComparison.Run),
        Create("lowering", "Time each width as we lower it against the same network lowered plainly.", LoweringComparison.Run),
        Create("routed", "Time routed.onnx against the standalone graph of the width that it chooses, at every width.", RoutedComparison.Run),
        CreateNodes(),
    ];

    private static Command Create(string name, string description, Action<SupernetGraph, int> compare)
    {
        var (architecture, rounds) = (Architecture(), CountOption.Create("--rounds", "timed calls of each graph, in turn", Rounds));
        var command = new Command(name, $"{description} Batch 1, one thread.") { architecture, rounds };
        command.SetAction(parsed => Answer(() => compare(Architectures.Build(parsed.GetRequiredValue(architecture)), parsed.GetValue(rounds))));
        return command;
    }

    private static Command CreateNodes()
    {
        var (architecture, rounds) = (Architecture(), CountOption.Create("--rounds", "profiled calls", Rounds));
        var width = new Option<string>("--width") { Description = "a routable width", DefaultValueFactory = _ => "uniform-0" };
        var command = new Command("nodes", "Say where the time of a width's graph goes, operator by operator. Batch 1, one thread.") { architecture, width, rounds };
        command.SetAction(parsed => Answer(
            () => NodeProfile.Run(Architectures.Build(parsed.GetRequiredValue(architecture)), parsed.GetRequiredValue(width), parsed.GetValue(rounds))));
        return command;
    }

    private static Argument<string> Architecture() => new("architecture") { Description = "a named architecture" };

    private static int Answer(Action measure)
    {
        try
        {
            measure();
            return 0;
        }
        catch (SlimmableException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }
}
