using Slimmable.Training;

namespace Slimmable.EndToEnd.Tests.Reporting;

/// <summary>Names and recipes that would like to be markup, and pictures in colours.</summary>
public sealed class HostileReportTests : IDisposable
{
    private const string Hostile = "</script><img src=x onerror=\"alert('x')\"><b>{{style}}";

    /// <summary>A red, a green, a blue and a grey pixel, channel by channel.</summary>
    private static readonly byte[] Pixels = [250, 10, 20, 128, 15, 240, 25, 128, 5, 30, 230, 128];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_of_it_becomes_part_of_the_page()
    {
        ReportPage.Write(folder.File("report.html"), Report());
        await using var opened = await BrowserPage.OpenAsync(folder.File("report.html"));

        Assert.Equal(Hostile, await opened.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(Hostile, await opened.Page.Locator("pre").InnerTextAsync());
        Assert.Contains(Hostile, await opened.Page.Locator(".pictures figcaption").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await opened.Page.Locator("img").CountAsync());
        Assert.Empty(opened.Faults);
    }

    [Fact]
    public async Task Pictures_have_their_colours()
    {
        ReportPage.Write(folder.File("report.html"), Report());
        await using var opened = await BrowserPage.OpenAsync(folder.File("report.html"));

        var shot = await opened.ShotAsync(opened.Page.Locator(".pictures canvas").First);

        var (left, right) = (shot.Width / 4, shot.Width * 3 / 4);
        Assert.Equal([(250, 15, 5), (10, 240, 30), (20, 25, 230), (128, 128, 128)], [shot.At(left, left), shot.At(right, left), shot.At(left, right), shot.At(right, right)]);
    }

    /// <summary>The browser's guard itself: a page that does what must not happen is found out.</summary>
    [Fact]
    public async Task A_page_that_loads_or_complains_is_noticed()
    {
        File.WriteAllText(folder.File("bad.html"), "<img src='missing.png'><script>console.error('complaint'); alert('dialog'); throw new Error('thrown');</script>");

        await using var opened = await BrowserPage.OpenAsync(folder.File("bad.html"));

        Assert.All(
            new[] { "missing.png", "complaint", "dialog", "thrown" },
            text => Assert.Contains(opened.Faults, fault => fault.Contains(text, StringComparison.Ordinal)));
    }

    private static ReportData Report() => new()
    {
        Name = Hostile,
        Architecture = Hostile,
        Test = new ReportedTest(Hostile, 20, 4, 3, 2, 2),
        Widths = [new(Hostile, true, 50, 1_000_000, 10), new("wide", true, 60, 4_000_000, 30), new("teacher", false, 65, 6_000_000, 40)],
        Points = [new(Hostile, 58, 2_000_000, [new(Hostile, 0.75), new("wide", 0.25)])],
        Epochs = [],
        Pictures = new PictureTable(3, 2, 2, Pixels),
        Strips = [new(StripKind.Hardest, Hostile, [new(0, 7, Hostile, Hostile, 0.75, false)])],
        Recipe = Hostile,
    };
}
