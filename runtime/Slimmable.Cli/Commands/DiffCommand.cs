using System.CommandLine;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary><c>slimmable diff FIRST SECOND</c>: whether a re-export changed anything; exit code 1 where it did.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("first") { Description = "a bundle's folder" };
        var second = new Argument<string>("second") { Description = "another bundle's folder" };
        var json = CommonOptions.Json();
        var command = new Verb(
            "diff",
            "Compare two bundles: manifest, graphs, weights, metadata, and answers to the golden inputs of the first. Prints one line for each difference. Exit codes: 0 "
            + "the same, 1 different or no way to compare, 2 misspelt.",
            "slimmable diff old-bundle new-bundle",
            "slimmable diff old-bundle new-bundle --json")
        {
            first,
            second,
            json,
        };
        command.Does((parsed, cancellation) => Run(parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetValue(json), cancellation));
        return command;
    }

    private static void Run(string first, string second, bool json, CancellationToken cancellation)
    {
        var differences = new BundleDiff(first, second).Run(cancellation);
        Answer.Print(json, new DiffAnswer(differences.Count == 0, differences), AnswerJson.Default.DiffAnswer, () =>
        {
            foreach (var difference in differences)
            {
                Console.Out.WriteLine(difference);
            }

            Console.Out.WriteLine($"{first} and {second}: {(differences.Count == 0 ? "the same" : $"{differences.Count} differences")}");
        });
        if (differences.Count > 0)
        {
            throw new SlimmableException($"{first} and {second} are not the same: {differences[0]}{(differences.Count > 1 ? $"; and {differences.Count - 1} more" : string.Empty)}");
        }
    }
}
