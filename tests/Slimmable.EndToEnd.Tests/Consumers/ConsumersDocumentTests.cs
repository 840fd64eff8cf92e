using System.Text.RegularExpressions;
using Slimmable.Export;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>docs/consumers.md shows the programs that these tests run, and the files that the exporter writes.</summary>
[Collection(ReleasedBundles.Collection)]
public sealed partial class ConsumersDocumentTests(ReleasedBundles bundles)
{
    private static readonly Dictionary<string, string> Quotations = Quoted()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "consumers.md")))
        .ToDictionary(quotation => quotation.Groups["file"].Value, quotation => quotation.Groups["text"].Value);

    [Fact]
    public void Every_program_is_quoted_as_it_is_run()
    {
        var programs = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "consumers"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".mjs" or ".html" or ".py" or ".cs" && !Path.GetFileName(file).StartsWith("check", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .ToList();

        Assert.Equal(programs.Order(), Quotations.Keys.Where(file => file.StartsWith("tests/", StringComparison.Ordinal)).Order());
        Assert.All(programs, program => Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, program)), Quotations[program]));
    }

    [Fact]
    public void What_is_shown_of_a_servers_folder_is_what_is_written()
    {
        using var folder = new TemporaryFolder();
        var serving = new ServingOptions { Target = ServingTarget.Kserve, StorageUri = "s3://bucket/fashion" };
        ServingExporter.Export(bundles.Checkpoint, folder.File("models"), new ExportOptions { ToolVersion = "0.1.0" }, serving);

        Assert.Equal(
            [$"models/{bundles.Checkpoint.Graph.Name}/config.pbtxt", "models/inferenceservice.yaml"],
            Quotations.Keys.Where(file => file.StartsWith("models/", StringComparison.Ordinal)).Order());
        Assert.All(
            Quotations.Where(quotation => quotation.Key.StartsWith("models/", StringComparison.Ordinal)),
            quotation => Assert.Equal(File.ReadAllText(folder.File(quotation.Key)), quotation.Value));
    }

    [GeneratedRegex("<!-- (?<file>\\S+) -->\n```\\w*\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
