using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Slimmable.Build;

/// <summary>Where the two engines come from. Kept in <c>artifacts/dependencies.props</c>, which Directory.Build.props imports.</summary>
/// <param name="Torch">The value of SlimmableTorch.</param>
/// <param name="OnnxRuntime">The value of SlimmableOnnxRuntime.</param>
/// <param name="Key">What the decision was made from; another key asks for another decision.</param>
/// <param name="Versions">The pinned versions, by the name of their property.</param>
public sealed record Engines(string Torch, string OnnxRuntime, string Key, IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>The first choice for both engines.</summary>
    public const string NuGet = "nuget";

    private const string TorchVariable = "SlimmableTorch";
    private const string OnnxRuntimeVariable = "SlimmableOnnxRuntime";
    private const string CudaVariable = "SlimmableCuda";
    private const string KeyProperty = "SlimmableDependenciesKey";

    private static readonly string[] VersionProperties =
        ["TorchSharpVersion", "LibtorchVersion", "LibtorchCudaVersion", "OnnxRuntimeVersion"];

    /// <summary>Whether the packages for CUDA were asked for.</summary>
    public static bool Cuda => string.Equals(Environment.GetEnvironmentVariable(CudaVariable), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether other versions than the pinned ones were asked for.</summary>
    public static bool NamesVersions => VersionProperties.Any(name => Environment.GetEnvironmentVariable(name) is not (null or ""));

    /// <summary>Reads an earlier decision.</summary>
    /// <param name="work">The workspace.</param>
    /// <returns>The decision, or null where there is none for what is asked for now.</returns>
    public static Engines? Load(Workspace work)
    {
        var file = FileOf(work);
        if (!File.Exists(file))
            return null;
        var properties = XDocument.Load(file).Root!.Elements("PropertyGroup").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        var key = CurrentKey(work);
        if (properties.GetValueOrDefault(KeyProperty) != key)
            return null;
        return new Engines(properties[TorchVariable], properties[OnnxRuntimeVariable], key, ReadVersions(properties));
    }

    /// <summary>Decides: what a variable forces, else NuGet, else, where the feeds have no such package or not in its pinned version, the second choice.</summary>
    /// <param name="work">The workspace.</param>
    /// <exception cref="BuildException">A feed did not answer or lacks a version that was named, or a variable has a value that means nothing.</exception>
    public static Engines Resolve(Workspace work) => new(
        Choose(work, TorchVariable, "system", "UseTorchSharp"),
        Choose(work, OnnxRuntimeVariable, "npm", "UseOnnxRuntime"),
        CurrentKey(work),
        EvaluateVersions(work));

    /// <summary>Keeps the decision for every later build; the file is replaced as a whole.</summary>
    /// <param name="work">The workspace.</param>
    public void Save(Workspace work)
    {
        static XElement Default(string name, string value) => new(name, new XAttribute("Condition", $"'$({name})' == ''"), value);
        var document = new XElement("Project",
            new XComment(" Written by the front door's setup. An environment variable or -p: of the same name wins. "),
            new XElement("PropertyGroup",
                Default(TorchVariable, Torch),
                Default(OnnxRuntimeVariable, OnnxRuntime)),
            new XElement("PropertyGroup",
                new XAttribute("Label", "For setup alone"),
                new XAttribute("Condition", "false"),
                new XElement(KeyProperty, Key),
                Versions.Select(version => new XElement(version.Key, version.Value))));
        var file = FileOf(work);
        var text = document + "\n";
        if (File.Exists(file) && File.ReadAllText(file) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>The packages of TorchSharp's first choice.</summary>
    public IEnumerable<Dependency> TorchFromNuGet() =>
    [
        new("TorchSharp", Versions["TorchSharpVersion"], "NuGet"),
        new(Cuda ? $"libtorch-cuda-{Versions["LibtorchCudaVersion"]}" : "libtorch-cpu", Versions["LibtorchVersion"], "NuGet"),
    ];

    /// <summary>The package of ONNX Runtime's first choice.</summary>
    public IEnumerable<Dependency> OnnxRuntimeFromNuGet() =>
        [new("Microsoft.ML.OnnxRuntime", Versions["OnnxRuntimeVersion"], "NuGet")];

    private static string FileOf(Workspace work) => work.At("artifacts", "dependencies.props");

    private static string Choose(Workspace work, string variable, string second, string use)
    {
        switch (Environment.GetEnvironmentVariable(variable))
        {
            case null or "":
                return Feed.Has(work, use) ? NuGet : second;
            case var forced when forced == NuGet || forced == second:
                Workspace.Say($"{variable} is set: {forced}.");
                return forced;
            case var other:
                throw new BuildException($"{variable} is '{other}'; it must be '{NuGet}' or '{second}'.");
        }
    }

    private static string CurrentKey(Workspace work)
    {
        string[] variables = [TorchVariable, OnnxRuntimeVariable, CudaVariable, .. VersionProperties];
        var asked = string.Join('\n', variables.Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}"));
        var pinned = File.ReadAllText(work.At("Directory.Packages.props"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked + pinned)));
    }

    private static Dictionary<string, string> ReadVersions(Dictionary<string, string> properties) =>
        VersionProperties.ToDictionary(name => name, name => properties[name]);

    private static Dictionary<string, string> EvaluateVersions(Workspace work)
    {
        var (exitCode, output) = work.Shell.Capture(
            "dotnet", ["msbuild", "Directory.Packages.props", .. VersionProperties.Select(name => "-getProperty:" + name)]);
        if (exitCode != 0)
            throw new BuildException("Directory.Packages.props cannot be read: " + output.Trim());
        using var answer = JsonDocument.Parse(output);
        var properties = answer.RootElement.GetProperty("Properties");
        return VersionProperties.ToDictionary(name => name, name => properties.GetProperty(name).GetString()!);
    }
}
