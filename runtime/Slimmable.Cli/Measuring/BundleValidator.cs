using System.Globalization;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>Proves a bundle: hashes, structure, loading, golden samples. A stage that fails ends it, as the next would read what is wrong.</summary>
internal static class BundleValidator
{
    /// <summary>Checks a bundle.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="tolerance">
    /// The largest difference of a logit from the trainer's that passes, as a part of the trainer's largest logit where that is above 1; null for what the bundle's
    /// precision allows.
    /// </param>
    /// <param name="cancellation">Stops between files.</param>
    public static ValidateAnswer Run(string folder, float? tolerance, CancellationToken cancellation)
    {
        var checks = new List<CheckResult>();
        var valid = Try(checks, folder, "files", () => CheckFiles(folder, checks, cancellation))
            && Try(checks, folder, "structure", () => CheckStructure(folder, checks))
            && Try(checks, folder, "golden samples", () => CheckGolden(folder, tolerance, checks, cancellation));
        return new(valid, checks);
    }

    /// <summary>Refuses a bundle that did not pass.</summary>
    /// <exception cref="SlimmableException">It did not; every file at fault is named.</exception>
    public static void Require(string folder, ValidateAnswer answer)
    {
        if (!answer.Valid)
        {
            var faults = answer.Checks.Where(check => !check.Passed).Select(check => $"{check.File}: {check.Detail}");
            throw new SlimmableException($"{folder}: not valid: {string.Join("; ", faults)}");
        }
    }

    private static void CheckFiles(string folder, List<CheckResult> checks, CancellationToken cancellation)
    {
        var bundle = Bundle.Open(folder, verifyHashes: true, cancellation);
        ManifestHash.Check(folder);
        checks.Add(new(BundleFormat.ManifestFile, "hash", true, $"as in {BundleFormat.ManifestHashFile}"));
        checks.AddRange(bundle.Manifest.Files.Select(file => new CheckResult(file.Name, "hash", true, $"sha-256 {file.Sha256[..12]}..., {file.Bytes} bytes")));
    }

    private static void CheckStructure(string folder, List<CheckResult> checks)
    {
        var faults = ModelChecker.CheckBundle(folder, ManifestFile.Read(folder));
        checks.AddRange(faults.Select(fault => new CheckResult(fault.File, "structure", false, $"{fault.Id}: {fault.Message}")));
        if (faults.Count == 0)
        {
            checks.Add(new("*.onnx", "structure", true, "names, order, shapes, types, opset"));
        }
    }

    private static void CheckGolden(string folder, float? tolerance, List<CheckResult> checks, CancellationToken cancellation)
    {
        var bundle = Bundle.Open(folder, verifyHashes: false, cancellation);
        var allowed = tolerance ?? GoldenReport.DefaultToleranceOf(bundle.Manifest.Precision);
        var report = GoldenCheck.Run(bundle, cancellation: cancellation);
        checks.Add(new("*.onnx", "loads", true, "every graph loads and runs in ONNX Runtime"));
        if (report.Samples == 0)
        {
            checks.Add(new(BundleFormat.ManifestFile, "golden samples", true, "the bundle has none"));
        }

        checks.AddRange(report.Graphs.Select(graph => new CheckResult(
            graph.File,
            "golden samples",
            graph.Largest <= allowed,
            string.Create(CultureInfo.InvariantCulture, $"largest difference {graph.Largest:0.0e+0} of {allowed:0.0e+0} over {report.Samples} inputs"))));
    }

    private static bool Try(List<CheckResult> checks, string folder, string what, Action check)
    {
        try
        {
            check();
        }
        catch (InvalidFileException fault)
        {
            checks.Add(new(Path.GetFileName(fault.Path), what, false, fault.Reason));
        }
        catch (SlimmableException fault)
        {
            checks.Add(new(folder, what, false, fault.Message));
        }

        return checks.All(result => result.Passed);
    }
}
