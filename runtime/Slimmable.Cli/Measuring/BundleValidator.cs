using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>Proves a bundle: what can be seen without running it, and then what its graphs answer.</summary>
internal static class BundleValidator
{
    /// <summary>Findings that the one line of a refusal names.</summary>
    private const int MostNamed = 5;

    /// <summary>Checks a bundle, and goes on after a finding wherever what follows does not rely on what is wrong.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="tolerance">
    /// The largest difference of a logit from the trainer's that passes, as a part of the trainer's largest logit where that is above 1; null for what the bundle's
    /// precision allows.
    /// </param>
    /// <param name="cancellation">Stops between files.</param>
    public static ValidateAnswer Run(string folder, float? tolerance, CancellationToken cancellation)
    {
        var report = BundleChecker.Check(folder, cancellation);
        List<BundleCheck> checks = [.. report.Checks];
        if (report.Manifest is { } manifest && report.Checks[0].Findings.Count == 0)
        {
            checks.AddRange(new EngineCheck(folder, manifest, report, tolerance ?? GoldenReport.DefaultToleranceOf(manifest.Precision)).Run(cancellation));
        }

        List<Finding> findings = [.. checks.SelectMany(check => check.Findings)];
        return new(findings.Count == 0, findings, [.. checks.Select(Result)]);
    }

    /// <summary>Refuses a bundle that did not pass.</summary>
    /// <exception cref="SlimmableException">It did not; the first findings are named.</exception>
    public static void Require(string folder, ValidateAnswer answer)
    {
        if (!answer.Valid)
        {
            var named = string.Join("; ", answer.Findings.Take(MostNamed));
            var more = answer.Findings.Count > MostNamed ? $"; and {answer.Findings.Count - MostNamed} more" : string.Empty;
            throw new SlimmableException($"{folder}: not valid: {named}{more}");
        }
    }

    private static CheckResult Result(BundleCheck check) => new(
        check.File,
        check.Name,
        check.Findings.Count == 0,
        check.Findings.Count == 0 ? check.Detail : string.Join("; ", check.Findings.Select(finding => $"{finding.Id}: {finding.Message}")))
    {
        Findings = check.Findings,
    };
}
