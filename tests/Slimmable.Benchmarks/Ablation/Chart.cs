using System.Globalization;
using System.Xml.Linq;

namespace Slimmable.Benchmarks;

/// <summary>A point of a line.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
/// <param name="Error">Half the length of its error bar; 0 or NaN for none.</param>
internal readonly record struct ChartPoint(double X, double Y, double Error = 0);

/// <summary>A line of a chart.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Colour">As CSS has it.</param>
/// <param name="Points">From left to right.</param>
/// <param name="Dashed">Whether the line is dashed, for what was computed and not trained.</param>
internal sealed record ChartLine(string Name, string Colour, IReadOnlyList<ChartPoint> Points, bool Dashed = false);

/// <summary>A chart of lines with error bars as SVG, on white, so that it reads on a dark page too.</summary>
/// <param name="Title">Above it.</param>
/// <param name="XTitle">Below it.</param>
/// <param name="YTitle">At its left.</param>
/// <param name="Lines">At least one, each with at least one point.</param>
internal sealed record Chart(string Title, string XTitle, string YTitle, IReadOnlyList<ChartLine> Lines)
{
    private const double Width = 760;
    private const double Height = 440;
    private const double Left = 70;
    private const double Right = 590;
    private const double Top = 40;
    private const double Bottom = 380;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture.</summary>
    public string ToSvg()
    {
        var points = Lines.SelectMany(line => line.Points).ToList();
        var across = Scale.Of(points.Select(point => point.X), Left, Right);
        var up = Scale.Of(points.SelectMany<ChartPoint, double>(point => [point.Y - ErrorOf(point), point.Y + ErrorOf(point)]), Bottom, Top);
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", 12),
            Element("rect", ("width", Width), ("height", Height), ("fill", "white")),
            Text((Left + Right) / 2, Top - 16, Title, "middle", ("font-size", 15)),
            Text((Left + Right) / 2, Bottom + 42, XTitle, "middle"),
            Text(18, (Top + Bottom) / 2, YTitle, "middle", ("transform", FormattableString.Invariant($"rotate(-90 18 {(Top + Bottom) / 2})"))),
            across.Ticks().Select(tick => new[] { Line(tick.Place, Top, tick.Place, Bottom, "#dddddd"), Text(tick.Place, Bottom + 18, tick.Label, "middle") }),
            up.Ticks().Select(tick => new[] { Line(Left, tick.Place, Right, tick.Place, "#dddddd"), Text(Left - 8, tick.Place + 4, tick.Label, "end") }),
            Lines.Select((line, index) => Drawn(line, across, up, Top + 8 + (20 * index))));
        return picture + "\n";
    }

    private static IEnumerable<XElement> Drawn(ChartLine line, Scale across, Scale up, double legend)
    {
        var places = line.Points.Select(point => (X: across.PlaceOf(point.X), Y: up.PlaceOf(point.Y), point)).ToList();
        var path = string.Join(' ', places.Select(place => FormattableString.Invariant($"{place.X:0.#},{place.Y:0.#}")));
        var dashes = line.Dashed ? "6 4" : "none";
        yield return Element("polyline", ("points", path), ("fill", "none"), ("stroke", line.Colour), ("stroke-width", 2), ("stroke-dasharray", dashes));
        foreach (var (x, y, point) in places)
        {
            if (ErrorOf(point) > 0)
            {
                yield return Line(x, up.PlaceOf(point.Y - point.Error), x, up.PlaceOf(point.Y + point.Error), line.Colour);
            }

            yield return Element("circle", ("cx", x), ("cy", y), ("r", 3), ("fill", line.Colour));
        }

        yield return Element(
            "line", ("x1", Right + 14), ("y1", legend), ("x2", Right + 38), ("y2", legend), ("stroke", line.Colour), ("stroke-width", 2), ("stroke-dasharray", dashes));
        yield return Text(Right + 44, legend + 4, line.Name, "start");
    }

    private static double ErrorOf(ChartPoint point) => double.IsNaN(point.Error) ? 0 : point.Error;

    private static XElement Line(double x1, double y1, double x2, double y2, string colour) =>
        Element("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", colour));

    private static XElement Text(double x, double y, string text, string anchor, params (string Name, object Value)[] more)
    {
        var element = Element("text", [("x", x), ("y", y), ("text-anchor", anchor), .. more]);
        element.Add(text);
        return element;
    }

    private static XElement Element(string name, params (string Name, object Value)[] attributes) => new(
        Svg + name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value is double number ? Math.Round(number, 1) : attribute.Value)));

    /// <summary>Numbers to places on the picture.</summary>
    private sealed record Scale(double Least, double Most, double Step, double From, double To)
    {
        private const int MostTicks = 8;

        /// <summary>A scale that begins and ends with a round number and holds all values.</summary>
        public static Scale Of(IEnumerable<double> values, double from, double to)
        {
            double[] all = [.. values];
            var range = Math.Max(1e-6, all.Max() - all.Min());
            var power = Math.Pow(10, Math.Floor(Math.Log10(range / MostTicks)));
            var step = power * new[] { 1, 2, 5, 10 }.First(factor => range / (factor * power) <= MostTicks);
            return new(Math.Floor(all.Min() / step) * step, Math.Ceiling(all.Max() / step) * step, step, from, to);
        }

        public double PlaceOf(double value) => From + ((value - Least) / Math.Max(Step, Most - Least) * (To - From));

        public IEnumerable<(double Place, string Label)> Ticks()
        {
            var decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));
            for (var tick = 0; tick <= Math.Round((Most - Least) / Step); tick++)
            {
                var value = Least + (tick * Step);
                yield return (PlaceOf(value), value.ToString($"F{decimals}", CultureInfo.InvariantCulture));
            }
        }
    }
}
