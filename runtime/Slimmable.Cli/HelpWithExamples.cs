using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Slimmable.Cli;

/// <summary>The usual help, and a verb's examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => usual.ClearsParseErrors;

    /// <summary>Puts it in the place of the usual help, for all verbs of a program.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(verb.Examples.Count > 1 ? "Examples:" : "Example:");
            foreach (var example in verb.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return exitCode;
    }
}
