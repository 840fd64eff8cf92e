using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Reporting;

public sealed partial class ReportPageTests : IDisposable
{
    private const string Hostile = """</script><script>alert(1)</script><img src=x onerror=alert(2)><!-- {{style}} "'`&\u2028""";
    private const int MostBytes = 3_000_000;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_comes_from_outside_stays_in_the_block_of_data()
    {
        var report = Report() with { Name = Hostile, Recipe = Hostile, Test = Report().Test with { DataSet = Hostile } };

        var page = ReportPage.Render(report);

        using var data = JsonDocument.Parse(DataIn(page));
        Assert.Equal([Hostile, Hostile], new[] { "name", "recipe" }.Select(name => data.RootElement.GetProperty(name).GetString()));
        Assert.Equal(3, Regex.Count(page, "</script>"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_its_own_style_and_scripts_may_be_loaded_or_run()
    {
        var page = ReportPage.Render(Report());

        var policy = PolicyIn().Match(page).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var inline = InlineIn().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, inline.Count);
        Assert.All(inline, text => Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'", policy, StringComparison.Ordinal));
    }

    [Fact]
    public void It_refers_to_no_other_file()
    {
        var page = ReportPage.Render(Report());

        Assert.DoesNotMatch(@"<(link|img|iframe|script[^>]* src)|url\(|@import|sourceMappingURL|\{\{\w+\}\}", page);
    }

    [Fact]
    public void It_carries_the_charts_librarys_licence()
    {
        var page = ReportPage.Render(Report());

        Assert.Contains("Copyright (c) 2014-2024 Chart.js Contributors", page, StringComparison.Ordinal);
        Assert.Contains("Jukka Kurkela", page, StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted, free of charge", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_data_gives_the_same_bytes_and_nothing_is_left_beside_them()
    {
        ReportPage.Write(folder.File("a.html"), Report());
        ReportPage.Write(folder.File("b.html"), Report());

        Assert.Equal(File.ReadAllBytes(folder.File("a.html")), File.ReadAllBytes(folder.File("b.html")));
        Assert.Equal(["a.html", "b.html"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    /// <summary>Sixteen widths, two hundred epochs, as many bytes of pictures as there may be, and names and a recipe of nothing but what must be escaped.</summary>
    [Fact]
    public void It_stays_light_whatever_it_shows()
    {
        using var supernet = new Supernet(DsMobileNet.Build(new DsMobileNetOptions
        {
            Name = "wide",
            Data = new DataShape(3, 32, 32, 4),
            StemWidths = [4, 6],
            StemStride = 2,
            Stages = [new([8, 10], Blocks: 1, Stride: 2), new([.. Enumerable.Range(1, 18).Select(width => 8 * width)], Blocks: 1, Stride: 2)],
            GatedStage = 2,
            Candidates = [0, 17],
        }));
        WeightInitializer.Initialize(supernet, 1);
        var random = new Random(1);
        var images = new ImageSet(new byte[300 * 3 * 32 * 32], [.. Enumerable.Range(0, 300).Select(index => index % 4)], 3, 32, 32);
        random.NextBytes(images.Pixels);
        var data = new DataSet("noise", [.. Enumerable.Range(0, 4).Select(label => new string('<', 500))], new Preprocessing(1.0 / 255, [0.5, 0.5, 0.5], [1, 1, 1]), images, images);
        var accuracy = new AccuracyReport(300, [.. supernet.Graph.Subnets.Select(subnet => new SubnetAccuracy(subnet.Name, 100.0 / 3))], []);
        var lines = Enumerable.Range(1, 1000).Select(epoch => new MetricsLine
        {
            Phase = "stage one",
            Epoch = epoch,
            Epochs = 1000,
            Step = epoch,
            LearningRate = 1.0 / 3,
            Means = new Dictionary<string, double> { ["widest loss"] = 1.0 / 3, ["narrowest loss"] = 1.0 / 3, ["other loss"] = 1.0 / 3 },
            Seconds = epoch,
            Accuracy = accuracy,
        });

        var report = ReportCollector.Collect(supernet, new CheckpointInfo { Accuracy = accuracy, Recipe = new string('<', 1 << 20) }, data, [.. lines]);
        Assert.InRange(report.Pictures.Pixels.Length, 1, ReportCollector.MostPixels);
        var fullest = report with { Pictures = report.Pictures with { Pixels = new byte[ReportCollector.MostPixels] } };

        Assert.InRange(Encoding.UTF8.GetByteCount(ReportPage.Render(fullest)), 2_000_000, MostBytes);
    }

    private static string DataIn(string page) => Regex.Match(page, """<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline).Groups[1].Value;

    private static ReportData Report() => new()
    {
        Name = "tiny",
        Architecture = "two-widths",
        Test = new ReportedTest("stripes", 20, 4, 1, 2, 2),
        Widths = [new("narrow", true, 50, 1000, 10), new("wide", true, 60, 4000, 30)],
        Points = [new("gated", 58, 2000, [new("narrow", 0.75), new("wide", 0.25)])],
        Epochs = [],
        Pictures = new PictureTable(1, 2, 2, [0, 80, 160, 255]),
        Strips = [new(StripKind.Easiest, "narrow", [new(0, 7, "class 1", "class 1", 0.75, true)])],
        Recipe = "{}",
    };

    [GeneratedRegex("""<meta http-equiv="Content-Security-Policy" content="([^"]*)">""")]
    private static partial Regex PolicyIn();

    [GeneratedRegex("<(?:script|style)>(.*?)</(?:script|style)>", RegexOptions.Singleline)]
    private static partial Regex InlineIn();
}
