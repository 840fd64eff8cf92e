using System.Text.RegularExpressions;

namespace Slimmable.Build;

/// <summary>Asks the configured NuGet feeds for an engine's packages.</summary>
public static partial class Feed
{
    /// <summary>Restores an empty project that uses the engine just as the real ones do.</summary>
    /// <param name="work">The workspace.</param>
    /// <param name="use">The property by which a project says that it uses the engine (see Directory.Build.targets).</param>
    /// <returns>False where every feed answered and none has such a package.</returns>
    /// <exception cref="BuildException">Anything else went wrong: no answer, a time-out, the package without this version.</exception>
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
        var errors = Errors().Matches(output);
        if (errors.Count > 0 && errors.All(error => error.Groups["code"].Value == "NU1101"))
            return false;
        var first = errors.FirstOrDefault(error => error.Groups["code"].Value != "NU1101")?.Groups["text"].Value ?? output;
        throw new BuildException($"the NuGet feeds could not be asked, or lack this version: {first.Trim()}\n{WhatToDo}");
    }

    private const string WhatToDo =
        "Run this again when the feed answers, name a version it has (TorchSharpVersion, LibtorchVersion, OnnxRuntimeVersion), " +
        "or force the choice: SlimmableTorch=system, SlimmableOnnxRuntime=npm.";

    // An error's text may go on over indented lines: NU1102 lists there what each feed has.
    [GeneratedRegex(@"error (?<code>[A-Z]+\d+): (?<text>[^\n]*(\n\s+- [^\n]*)*)")]
    private static partial Regex Errors();
}
