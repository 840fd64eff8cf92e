using Slimmable.Training;

namespace Slimmable.Benchmarks;

/// <summary>Writes what a finished ablation found: numbers for machines, and a page with curves for people.</summary>
internal static class AblationReport
{
    /// <summary>Where the page's template is.</summary>
    public static string Template => Path.Combine(AppContext.BaseDirectory, "results.md.template");

    /// <summary>Writes <c>results.json</c> into the folder, and the page and its images.</summary>
    /// <param name="plan">The runs; all are complete.</param>
    /// <param name="data">The data set.</param>
    /// <param name="folder">The runs' files.</param>
    /// <param name="page">The page's path; the curves go into <c>images</c> beside it.</param>
    /// <param name="command">The command that measured, up to its options.</param>
    public static void Write(AblationPlan plan, DataSet data, RunFolder folder, string page, string command)
    {
        var results = AblationResults.Collect(plan, data, folder);
        RunFolder.Write(folder.Results, results.ToJson());
        var images = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, "images");
        RunFolder.Write(Path.Combine(images, "ablation-widths.svg"), AblationCharts.Widths(results).ToSvg());
        RunFolder.Write(Path.Combine(images, "ablation-gates.svg"), AblationCharts.Gates(results).ToSvg());
        RunFolder.Write(page, new ResultsPage(results, command, BenchReport.Read(folder.Bench)).Fill(File.ReadAllText(Template)));
    }
}
