namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>Debian's python3-onnx; there is no ONNX Runtime for its Python.</summary>
[Collection(ReleasedBundles.Collection)]
public sealed class PythonTests(ReleasedBundles bundles)
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Programs = Path.Combine(AppContext.BaseDirectory, "consumers", "python");

    [Fact]
    public void Every_file_passes_the_reference_checker_and_strict_shape_inference()
    {
        var files = bundles.All.SelectMany(bundle => Directory.GetFiles(bundle, "*.onnx")).ToList();

        var printed = OtherProgram.Run(Programs, Python, ["check.py", .. files]);

        Assert.Equal(files.Count, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(files, file => file.EndsWith("routed.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public void The_documents_program_is_at_least_Python() =>
        OtherProgram.Run(Programs, Python, "-c", "import ast; ast.parse(open('classify.py', encoding='utf-8').read())");
}
