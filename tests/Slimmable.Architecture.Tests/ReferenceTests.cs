namespace Slimmable.Architecture.Tests;

/// <summary>Which part may know which: stages meet only in files, and what they share lies in models.</summary>
public class ReferenceTests
{
    private static readonly string[] Engines = ["TorchSharp.SystemLibtorch", "OnnxRuntime.Npm"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Slimmable.Build"] = [],
        ["Slimmable.Models"] = [],
        ["Slimmable.Training"] = ["Slimmable.Models"],
        ["Slimmable.Export"] = ["Slimmable.Models"],
        ["Slimmable.Runtime"] = ["Slimmable.Models"],
        ["Slimmable.Server"] = ["Slimmable.Runtime"],
        ["Slimmable.Cli"] = ["Slimmable.Models", "Slimmable.Training", "Slimmable.Export", "Slimmable.Runtime", "Slimmable.Server"],
    };

    /// <summary>Who may ask for an engine; where it comes from is decided in Directory.Build.targets.</summary>
    private static readonly Dictionary<string, string[]> EngineUsers = new()
    {
        ["UseTorchSharp"] = ["Slimmable.Training"],
        ["UseTorchSharpNative"] = ["Slimmable.Cli"],
        ["UseOnnxRuntime"] = ["Slimmable.Runtime"],
        ["UseOnnxRuntimeNative"] = ["Slimmable.Cli", "Slimmable.Server"],
    };

    private static IEnumerable<string> Products =>
        Repository.Projects.Where(project => !IsTest(project.Value)).Select(project => project.Key).Except(Engines);

    [Fact]
    public void A_project_refers_to_what_it_may_and_to_nothing_else() => Assert.All(Products, project =>
    {
        var allowed = Assert.Contains(project, Allowed as IReadOnlyDictionary<string, string[]>);
        Assert.Empty(Repository.ReferencesOf(project).Except(allowed));
    });

    [Fact]
    public void An_engine_refers_to_nothing_of_this_house() =>
        Assert.All(Engines, engine => Assert.Empty(Repository.ReferencesOf(engine)));

    [Fact]
    public void The_shared_library_needs_only_the_base_class_library() =>
        Assert.Empty(Repository.ReadXml(Repository.Projects["Slimmable.Models"]).Descendants("PackageReference"));

    [Fact]
    public void Only_the_stage_that_needs_an_engine_asks_for_it() => Assert.All(EngineUsers, engine =>
        Assert.Empty(Products
            .Where(project => Repository.ReadXml(Repository.Projects[project]).Descendants(engine.Key).Any(use => use.Value == "true"))
            .Except(engine.Value)));

    [Fact]
    public void Engines_are_chosen_in_one_place() => Assert.All(
        Repository.Projects.Values,
        project => Assert.DoesNotContain(
            Repository.ReadXml(project).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value),
            package => package.StartsWith("TorchSharp", StringComparison.Ordinal)
                || package.StartsWith("libtorch", StringComparison.Ordinal)
                || package.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)));

    [Fact]
    public void The_solution_lists_every_project_but_the_engines_that_stand_in()
    {
        var listed = Repository.ReadXml(Repository.Solution).Descendants("Project").Select(project => project.Attribute("Path")!.Value);

        Assert.Equal(Repository.Projects.Where(project => !Engines.Contains(project.Key)).Select(project => project.Value), listed.Order(StringComparer.Ordinal));
    }

    private static bool IsTest(string project) => project.StartsWith("tests/", StringComparison.Ordinal);
}
