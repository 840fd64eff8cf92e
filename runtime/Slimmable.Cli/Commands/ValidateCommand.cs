using System.CommandLine;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary><c>slimmable validate BUNDLE</c>: proves an export; exit code 1 where it is wrong.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var tolerance = CommonOptions.Number(
            "--tolerance", "how far a logit may be from the trainer's, relative to the trainer's largest (if that is above 1); of 16-bit floats 2e-2 by default", GoldenReport.DefaultTolerance, 0, 1e6f);
        var json = CommonOptions.Json();
        var command = new Verb(
            "validate",
            "Check a bundle: hashes, structure, that every graph loads, and that it answers the golden samples as the trainer did.",
            "slimmable validate fashion-bundle",
            "slimmable validate fashion-bundle --json")
        {
            bundle,
            tolerance,
            json,
        };
        command.Does((parsed, cancellation) => Run(
            parsed.GetRequiredValue(bundle), parsed.GetResult(tolerance) is { Implicit: false } ? parsed.GetValue(tolerance) : null, parsed.GetValue(json), cancellation));
        return command;
    }

    private static void Run(string bundle, float? tolerance, bool json, CancellationToken cancellation)
    {
        var answer = BundleValidator.Run(bundle, tolerance, cancellation);
        Answer.Print(json, answer, AnswerJson.Default.ValidateAnswer, () => Print(bundle, answer));
        BundleValidator.Require(bundle, answer);
    }

    private static void Print(string bundle, ValidateAnswer answer)
    {
        foreach (var check in answer.Checks)
        {
            Console.Out.WriteLine($"{(check.Passed ? "ok   " : "wrong")} {check.File}: {check.Check}: {check.Detail}");
        }

        Console.Out.WriteLine($"{bundle}: {(answer.Valid ? "valid" : "not valid")}");
    }
}
