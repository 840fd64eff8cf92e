using System.CommandLine;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary><c>graphs</c>: what an architecture's activation and ONNX Runtime's memory layout are worth.</summary>
internal static class GraphsCommand
{
    public static Command Create()
    {
        var architecture = new Argument<string>("architecture") { Description = "a named architecture" };
        var rounds = CountOption.Create("--rounds", "timed calls of each graph, in turn", 2000);
        var command = new Command(
            "graphs", "Time each width's standalone graph with ReLU, Swish and HardSwish, and without ONNX Runtime's blocked memory layout: batch 1, one thread.")
        {
            architecture,
            rounds,
        };
        command.SetAction(parsed =>
        {
            try
            {
                GraphsComparison.Run(Architectures.Build(parsed.GetRequiredValue(architecture)), parsed.GetValue(rounds));
                return 0;
            }
            catch (SlimmableException fault)
            {
                Console.Error.WriteLine(fault.Message);
                return 1;
            }
        });
        return command;
    }
}
