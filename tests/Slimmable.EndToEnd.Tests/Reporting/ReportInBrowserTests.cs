using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.EndToEnd.Tests.Reporting;

/// <summary>The report of a run, looked at on the screen: what tags promise, pixels have to keep.</summary>
public sealed class ReportInBrowserTests(TrainedNetwork network) : IClassFixture<TrainedNetwork>
{
    private const string Charts =
        """
        id => {
          const chart = Chart.getChart(id);
          const at = (scale, value) => chart.scales[scale].getPixelForValue(value);
          return chart.data.datasets.map((set, index) => ({
            name: set.label,
            colour: set.borderColor ?? set.backgroundColor,
            points: set.data.map((point, place) => ({
              name: point.name ?? null,
              value: point.y ?? point,
              x: at("x", point.x ?? point),
              y: at("y", point.y ?? place),
              colour: [set.pointBackgroundColor ?? set.backgroundColor].flat().at(place % 100) ?? [set.backgroundColor].flat()[0],
            })),
          }));
        }
        """;

    [Fact]
    public async Task It_opens_without_a_network_and_asks_for_nothing()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report);

        Assert.Equal("ds-mbnet-fashion-quick", await opened.Page.Locator("h1").InnerTextAsync());
        var table = await opened.Page.Locator("#widths table").InnerTextAsync();
        var accuracy = network.AsTrained.Info.Accuracy!;
        Assert.All(accuracy.Subnets, subnet =>
        {
            Assert.Contains(subnet.Name, table, StringComparison.Ordinal);
            Assert.Contains(subnet.Top1.ToString("0.00", CultureInfo.InvariantCulture), table, StringComparison.Ordinal);
        });
        Assert.Contains((accuracy.Routed!.MeanMAdds / 1e6).ToString("0.00", CultureInfo.InvariantCulture), table, StringComparison.Ordinal);
        Assert.Empty(opened.Faults);
        Assert.InRange(new FileInfo(network.Report).Length, 1, 3_000_000);
    }

    [Theory]
    [InlineData("chart-accuracy-stage-one", 3)]
    [InlineData("chart-loss-stage-one", 3)]
    public async Task Lines_run_in_their_colours_through_their_points(string id, int lines)
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report);
        var shot = await ShotOf(opened, id);

        var sets = await SetsOf(opened, id);

        Assert.Equal(lines, sets.Count);
        Assert.Equal(lines, sets.Select(set => set.Colour).Distinct().Count());
        Assert.All(sets, set =>
        {
            // Between two epochs; where lines cross, one covers the other.
            var (from, to) = (set.Points[0], set.Points[1]);
            var shown = Enumerable.Range(0, 41).Count(step =>
                shot.Has(set.Colour, from.X + ((to.X - from.X) * step / 40), from.Y + ((to.Y - from.Y) * step / 40), within: 1));
            Assert.InRange(shown, 25, 41);
        });
        Assert.True(sets.Max(set => set.Points.Max(point => point.X)) - sets.Min(set => set.Points.Min(point => point.X)) > shot.Width / 2.0);
    }

    [Fact]
    public async Task The_accuracy_that_is_drawn_is_the_one_that_was_written_down()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report);

        var drawn = await SetsOf(opened, "chart-accuracy-stage-one");

        var lines = MetricsFile.Read(Path.ChangeExtension(network.Report, null)[..^".report".Length] + ".metrics.jsonl").Where(line => line.Phase == "stage one");
        Assert.All(drawn, set => Assert.Equal(
            lines.Select(line => line.Accuracy!.Subnets.Single(subnet => subnet.Name == set.Name).Top1), set.Points.Select(point => point.Value)));
    }

    [Fact]
    public async Task Every_width_and_the_gated_network_stand_where_cost_and_accuracy_put_them()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report);
        var shot = await ShotOf(opened, "chart-cost");

        var sets = await SetsOf(opened, "chart-cost");

        Assert.Equal(
            network.AsTrained.Graph.Subnets.OrderBy(subnet => CostModel.Of(network.AsTrained.Graph, subnet).MAdds).Select(subnet => subnet.Name),
            sets[0].Points.Select(point => point.Name));
        Assert.Equal("gated", Assert.Single(sets[1].Points).Name);
        var gated = sets[1].Points[0];
        Assert.True(shot.Has(gated.Colour, gated.X, gated.Y, within: 1), $"no {gated.Colour} at {gated.X}, {gated.Y}");

        // The gated network's mark lies above those of the widths.
        Assert.All(sets[0].Points.Where(point => Math.Abs(point.X - gated.X) + Math.Abs(point.Y - gated.Y) > 20), point =>
        {
            Assert.True(shot.Has(point.Colour, point.X, point.Y, within: 1), $"no {point.Colour} at {point.X}, {point.Y}");
            Assert.False(shot.Has(point.Colour, point.X, point.Y - 14), $"{point.Colour} above {point.X}, {point.Y}");
        });
        Assert.Equal(sets[0].Points.Select(point => point.X).Order(), sets[0].Points.Select(point => point.X));
    }

    [Fact]
    public async Task Bars_are_as_long_as_the_gates_shares()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report);
        var shot = await ShotOf(opened, "chart-shares");
        var scale = await opened.Page.EvaluateAsync<double[]>(
            "() => { const { x, y } = Chart.getChart('chart-shares').scales; return [x.getPixelForValue(0), x.getPixelForValue(100), y.getPixelForValue(0)]; }");

        var sets = await SetsOf(opened, "chart-shares");

        var shares = network.AsTrained.Info.Accuracy!.Routed!.Shares;
        Assert.Equal(network.AsTrained.Graph.Gate!.Candidates, sets.Select(set => set.Name));

        // Above the bar's middle, where the figures are not.
        Assert.All(sets, set => Assert.Equal(shares[set.Name], shot.Share(set.Colour, scale[2] - 15, scale[0], scale[1]), 0.02));
    }

    [Fact]
    public async Task Pictures_are_the_test_images()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report);
        var strips = await opened.Page.Locator(".strip").AllAsync();

        // An easiest and a hardest strip for each routable width, and one for each end of the gate.
        Assert.Equal((2 * network.AsTrained.Graph.Routable.Count) + 2, strips.Count);
        Assert.All(strips, strip => Assert.Equal(12, strip.Locator("canvas").CountAsync().Result));
        foreach (var strip in strips)
        {
            var picture = strip.Locator("canvas").First;
            var image = network.Data.Test.Image(int.Parse((await picture.GetAttributeAsync("data-image"))!, CultureInfo.InvariantCulture)).ToArray();
            var shot = await opened.ShotAsync(picture);
            var box = (await picture.BoundingBoxAsync())!;
            var (left, right) = OnScreen(box.X, box.Width);
            var (top, bottom) = OnScreen(box.Y, box.Height);
            Assert.InRange((right - left) / TinyImages.Side, 2, 4);
            Assert.All(Enumerable.Range(0, image.Length), place =>
            {
                var (row, column) = (place / TinyImages.Side, place % TinyImages.Side);
                var (red, green, blue) = shot.At(Middle(column, left, right), Middle(row, top, bottom));
                var isCorner = row is < 2 or > 25 && column is < 2 or > 25; // They are rounded.
                Assert.True(isCorner || (red == image[place] && green == red && blue == red), $"pixel {row}, {column}: expected {image[place]}, found {red}, {green}, {blue}");
            });
        }

        // A picture lies between whole pixels of the screen, and its shot begins with the first that it touches.
        static (double From, double To) OnScreen(double start, double length) => (Math.Round(start) - Math.Floor(start), Math.Round(start + length) - Math.Floor(start));
        static int Middle(int cell, double from, double to) => (int)(from + ((cell + 0.5) * (to - from) / TinyImages.Side));
    }

    [Fact]
    public async Task It_changes_its_colours_with_the_screens_and_prints_on_white()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report, scheme: ColorScheme.Dark);
        var (dark, darkPage) = await Look();
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var (light, lightPage) = await Look();
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Print });
        var (print, printPage) = await Look();

        Assert.Equal((light, lightPage), (print, printPage));
        Assert.NotEqual(dark, light);
        Assert.True(Screenshot.Colour(darkPage).Red < 64 && Screenshot.Colour(lightPage).Red > 240, $"{darkPage}, {lightPage}");
        Assert.Empty(opened.Faults);

        // The narrowest's colour, once it is sure that it is the one on the screen.
        async Task<(string Point, string Page)> Look()
        {
            var shot = await ShotOf(opened, "chart-cost");
            var point = (await SetsOf(opened, "chart-cost"))[0].Points[0];
            Assert.True(shot.Has(point.Colour, point.X, point.Y, within: 5), $"no {point.Colour} at {point.X}, {point.Y}");
            return (point.Colour, await opened.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        }
    }

    [Fact]
    public async Task A_phone_need_not_scroll_sideways()
    {
        await using var opened = await BrowserPage.OpenAsync(network.Report, width: 360);

        Assert.Equal(360, await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(opened.Faults);
    }

    private static async Task<Screenshot> ShotOf(BrowserPage opened, string chart) => await opened.ShotAsync(opened.Page.Locator($"#{chart}"));

    private static async Task<IReadOnlyList<Line>> SetsOf(BrowserPage opened, string chart) =>
        (await opened.Page.EvaluateAsync<JsonElement>(Charts, chart)).Deserialize<List<Line>>(JsonSerializerOptions.Web)!;

    private sealed record Line(string Name, string Colour, IReadOnlyList<Point> Points);

    private sealed record Point(string? Name, double Value, double X, double Y, string Colour);
}
