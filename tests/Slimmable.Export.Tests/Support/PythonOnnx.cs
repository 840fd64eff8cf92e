using System.Diagnostics;

namespace Slimmable.Export.Tests;

/// <summary>The reference checker of ONNX itself, from Debian's python3-onnx.</summary>
internal static class PythonOnnx
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Fails unless it passes every file, with full shape inference.</summary>
    public static void Check(IReadOnlyList<string> files)
    {
        Assert.NotEmpty(files);
        Assert.True(
            File.Exists(Python) && Run("-c", "import onnx").ExitCode == 0,
            $"this test needs the package python3-onnx: {Python} cannot import onnx (apt-get install python3-onnx)");
        var (exitCode, output) = Run(["-c", "import sys, onnx\nfor path in sys.argv[1:]: onnx.checker.check_model(path, full_check=True)", .. files]);
        Assert.True(exitCode == 0, output);
    }

    private static (int ExitCode, string Output) Run(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
