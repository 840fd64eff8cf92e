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
        var junit = new Option<string?>("--junit") { Description = "also write the checks to this file, as JUnit XML" };
        var json = CommonOptions.Json();
        var command = new Verb(
            "validate",
            "Check a bundle: manifest, files, structure, cost, that every graph loads, and that it answers the golden samples as the trainer did. Prints one line for "
            + "each finding, FILE: ID: MESSAGE; docs/findings.md explains the ids. Exit codes: 0 valid, 1 findings or no way to check, 2 misspelt.",
            "slimmable validate fashion-bundle",
            "slimmable validate fashion-bundle --junit findings.xml",
            "slimmable validate fashion-bundle --json")
        {
            bundle,
            tolerance,
            junit,
            json,
        };
        command.Does((parsed, cancellation) => Run(
            parsed.GetRequiredValue(bundle),
            parsed.GetResult(tolerance) is { Implicit: false } ? parsed.GetValue(tolerance) : null,
            parsed.GetValue(junit),
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static void Run(string bundle, float? tolerance, string? junit, bool json, CancellationToken cancellation)
    {
        if (junit is not null)
        {
            OutputFile.RequireWritable(junit);
        }

        var answer = BundleValidator.Run(bundle, tolerance, cancellation);
        if (junit is not null)
        {
            JUnitReport.Write(junit, bundle, answer);
        }

        Answer.Print(json, answer, AnswerJson.Default.ValidateAnswer, () => Print(bundle, answer));
        BundleValidator.Require(bundle, answer);
    }

    private static void Print(string bundle, ValidateAnswer answer)
    {
        foreach (var finding in answer.Findings)
        {
            Console.Out.WriteLine(finding);
        }

        Console.Out.WriteLine($"{bundle}: {answer.Checks.Count} checks, {answer.Findings.Count} findings, {(answer.Valid ? "valid" : "not valid")}");
    }
}
