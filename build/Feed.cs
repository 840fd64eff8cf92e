using System.Text.RegularExpressions;

namespace Slimmable.Build;

/// <summary>Asks the configured NuGet feeds for an engine's packages.</summary>
public static partial class Feed
{
    /// <summary>Restores an empty project that uses the engine just as the real ones do.</summary>
    /// <param name="work">The workspace.</param>
    /// <param name="use">The property by which a project says that it uses the engine (see Directory.Build.targets).</param>
    /// <returns>False where every feed answered and none has such a package, or none in the version that is pinned.</returns>
    /// <exception cref="BuildException">Anything else went wrong: no answer, a time-out, a version that was named and that no feed has.</exception>
    public static bool Has(Workspace work, string use)
    {
        var folder = work.At("artifacts", "probe", use);
        Directory.CreateDirectory(folder);
        var project = Path.Combine(folder, "Probe.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <{use}>true</{use}>
                <{use}Native>true</{use}Native>
              </PropertyGroup>
            </Project>

            """);
        Workspace.Say($"asking the NuGet feeds for {use["Use".Length..]} ...");
        var (exitCode, output) = work.Shell.Capture(
            "dotnet", "restore", project, "--force", "-p:SlimmableTorch=nuget", "-p:SlimmableOnnxRuntime=nuget", "-tl:off");
        if (exitCode == 0)
            return true;
        var errors = Errors().Matches(output).Select(match => (Code: match.Groups["code"].Value, Text: match.Groups["text"].Value)).ToList();
        if (errors.Count > 0 && errors.All(error => error.Code is NoSuchPackage || (error.Code is NoSuchVersion && !Engines.NamesVersions)))
        {
            // A feed that mirrors a part of NuGet may have the package in another version than the one all of this was tried with.
            foreach (var error in errors.Where(error => error.Code is NoSuchVersion))
                Workspace.Say(OneLine().Replace(error.Text, " "));
            return false;
        }

        var others = string.Join("\n  ", errors.Where(error => error.Code != NoSuchPackage).Select(error => error.Text));
        throw new BuildException(errors.Any(error => error.Code == NoSuchVersion)
            ? $"""
              the NuGet feeds have the package, but not this version.
                {others}
              Name another (TorchSharpVersion, LibtorchVersion, OnnxRuntimeVersion), {ForceTheChoice}
              """
            : $"""
              the NuGet feeds did not answer as they should.
                {(others is "" ? output.Trim() : others)}
              Run this again when they do, {ForceTheChoice}
              """);
    }

    private const string NoSuchPackage = "NU1101";
    private const string NoSuchVersion = "NU1102";
    private const string ForceTheChoice = "or force the choice: SlimmableTorch=system, SlimmableOnnxRuntime=npm.";

    [GeneratedRegex(@"error (?<code>[A-Z]+\d+): (?<text>.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Errors();

    [GeneratedRegex(@"\s+")]
    private static partial Regex OneLine();
}
