using System.CommandLine;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary><c>slimmable validate BUNDLE</c>: proves an export; exit code 1 where it is wrong.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var tolerance = new Option<float>("--tolerance")
        {
            Description = "the largest absolute difference of a logit from the trainer's",
            DefaultValueFactory = _ => GoldenReport.DefaultTolerance,
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "validate",
            "Check a bundle: hashes, structure, that every graph loads, and that it answers the golden samples as the trainer did.\n\n"
            + "Example: slimmable validate fashion-bundle")
        {
            bundle,
            tolerance,
            json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Run(parsed.GetRequiredValue(bundle), parsed.GetValue(tolerance), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(string bundle, float tolerance, bool json, CancellationToken cancellation)
    {
        var answer = BundleValidator.Run(bundle, tolerance, cancellation);
        Answer.Print(json, answer, AnswerJson.Default.ValidateAnswer, () => Print(bundle, answer));
        return answer.Valid ? 0 : CommandRunner.Failure;
    }

    private static void Print(string bundle, ValidateAnswer answer)
    {
        foreach (var check in answer.Checks.Where(check => check.Passed))
        {
            Console.Out.WriteLine($"ok    {check.File}: {check.Check}: {check.Detail}");
        }

        foreach (var check in answer.Checks.Where(check => !check.Passed))
        {
            Console.Error.WriteLine($"wrong {check.File}: {check.Check}: {check.Detail}");
        }

        Console.Out.WriteLine($"{bundle}: {(answer.Valid ? "valid" : "not valid")}");
    }
}
