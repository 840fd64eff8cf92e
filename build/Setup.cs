namespace Slimmable.Build;

/// <summary>Decides where the engines come from, installs what that choice and the report's page need, and shows the result.</summary>
public static class Setup
{
    /// <summary>Runs the target.</summary>
    /// <param name="work">The workspace.</param>
    /// <exception cref="BuildException">A feed did not answer, or something cannot be had on this machine.</exception>
    public static void Run(Workspace work)
    {
        var earlier = Engines.Load(work);
        var engines = earlier ?? Engines.Resolve(work);
        var debian = new Debian(work.Shell);
        var torch = engines.Torch == Engines.NuGet
            ? engines.TorchFromNuGet()
            : debian.Require("libtorch-dev", "g++", "cmake", "make", "libopenblas0-pthread").Take(1);
        var onnxRuntime = engines.OnnxRuntime == Engines.NuGet ? engines.OnnxRuntimeFromNuGet() : OnnxRuntimeFromNpm(work);
        var charts = new Npm(work, "training/Slimmable.Training/Reporting/Page", "npm-charts").Install("chart.js");
        const string data = "dataset-fashion-mnist", download = "'slimmable data get fashion-mnist' downloads it";
        var images = earlier is null ? debian.Want(data, download) : debian.Find(data, download);
        // Last, so that a later command starts over when something could not be installed.
        engines.Save(work);
        Table.Print(
            ["needed", "taken", "version", "from"],
            [.. Rows("TorchSharp", torch), .. Rows("ONNX Runtime", onnxRuntime), .. Rows("charts", charts), .. Rows("Fashion-MNIST", [images])]);
    }

    private static IReadOnlyList<Dependency> OnnxRuntimeFromNpm(Workspace work)
    {
        const string package = "com.github.asus4.onnxruntime";
        string[] packages = Engines.Cuda ? [package, package + ".linux-x64-gpu"] : [package];
        return new Npm(work, "runtime/OnnxRuntime.Npm", "npm").Install(packages);
    }

    private static IEnumerable<string[]> Rows(string need, IEnumerable<Dependency> taken) =>
        taken.Select(dependency => (string[])[need, dependency.Name, dependency.Version, dependency.Origin]);
}
