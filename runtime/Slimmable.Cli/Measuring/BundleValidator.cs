using System.Globalization;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>Proves a bundle: hashes, structure, loading, golden samples. A stage that fails ends it, as the next would read what is wrong.</summary>
internal static class BundleValidator
{
    public static ValidateAnswer Run(string folder, float tolerance, CancellationToken cancellation)
    {
        var checks = new List<CheckResult>();
        var passed = Try(checks, folder, "files", () => CheckFiles(folder, checks, cancellation))
            && Try(checks, folder, "structure", () => CheckStructure(folder, checks))
            && Try(checks, folder, "golden samples", () => CheckGolden(folder, tolerance, checks, cancellation));
        return new(passed && checks.All(check => check.Passed), checks);
    }

    private static void CheckFiles(string folder, List<CheckResult> checks, CancellationToken cancellation)
    {
        var bundle = Bundle.Open(folder, verifyHashes: true, cancellation);
        checks.AddRange(bundle.Manifest.Files.Select(file => new CheckResult(file.Name, "hash", true, $"sha-256 {file.Sha256[..12]}..., {file.Bytes} bytes")));
    }

    private static void CheckStructure(string folder, List<CheckResult> checks)
    {
        var faults = ModelChecker.CheckBundle(folder, ManifestFile.Read(folder));
        checks.AddRange(faults.Select(fault => new CheckResult(fault.Split(':')[0], "structure", false, fault)));
        if (faults.Count == 0)
        {
            checks.Add(new CheckResult("*.onnx", "structure", true, "names, order, shapes, types, opset"));
        }
    }

    private static void CheckGolden(string folder, float tolerance, List<CheckResult> checks, CancellationToken cancellation)
    {
        using var model = SlimmableModel.Load(folder, new ModelOptions { VerifyHashes = false, LoadStandalone = true }, cancellation);
        checks.Add(new CheckResult("*.onnx", "loads", true, "every graph loads and runs in ONNX Runtime"));
        var report = GoldenCheck.Run(model, cancellation);
        if (report.Samples == 0)
        {
            checks.Add(new CheckResult(BundleFormat.ManifestFile, "golden samples", true, "the bundle has none"));
        }

        checks.AddRange(report.Graphs.Select(graph => new CheckResult(
            graph.File,
            "golden samples",
            graph.Largest <= tolerance,
            string.Create(CultureInfo.InvariantCulture, $"largest difference {graph.Largest:0.0e+0} of {tolerance:0.0e+0} over {report.Samples} inputs"))));
    }

    private static bool Try(List<CheckResult> checks, string folder, string what, Action check)
    {
        try
        {
            check();
            return checks.All(result => result.Passed);
        }
        catch (SlimmableException fault)
        {
            checks.Add(new CheckResult(fault is InvalidFileException file ? Path.GetFileName(file.Path) : folder, what, false, fault.Message));
            return false;
        }
    }
}
