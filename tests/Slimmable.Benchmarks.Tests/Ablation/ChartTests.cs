using System.Globalization;
using System.Xml.Linq;

namespace Slimmable.Benchmarks.Tests.Ablation;

public class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Lines_are_where_their_numbers_are()
    {
        var chart = new Chart("a & b", "x", "y", [new("one", "red", [new(0, 10), new(5, 20, Error: 2), new(10, 30)]), new("two", "blue", [new(2, 15, double.NaN)], Dashed: true)]);

        var picture = XDocument.Parse(chart.ToSvg()).Root!;

        Assert.Contains("a & b", picture.Elements(Svg + "text").Select(text => text.Value));
        Assert.Equal(["one", "two"], picture.Elements(Svg + "text").Select(text => text.Value).Where(text => text is "one" or "two"));
        Assert.Equal(["none", "6 4"], picture.Elements(Svg + "polyline").Select(line => line.Attribute("stroke-dasharray")!.Value));
        var places = picture.Elements(Svg + "polyline").First().Attribute("points")!.Value.Split(' ', ',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((places[0] + places[4]) / 2, places[2], 0.1);
        Assert.Equal((places[1] + places[5]) / 2, places[3], 0.1);
        Assert.True(places[4] > places[0] && places[5] < places[1]);
        Assert.Single(picture.Elements(Svg + "line"), line => line.Attribute("stroke")!.Value == "red" && line.Attribute("x1")!.Value == line.Attribute("x2")!.Value);
    }

    [Fact]
    public void One_point_is_a_chart() => Assert.Single(XDocument.Parse(new Chart("t", "x", "y", [new("one", "red", [new(3, 3)])]).ToSvg()).Root!.Elements(Svg + "circle"));
}
