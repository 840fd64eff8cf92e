using System.Globalization;
using System.Text.RegularExpressions;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Pixels as they stood on the screen.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Pixels">Row by row, four bytes each: red, green, blue, opacity.</param>
internal sealed record Screenshot(int Width, int Height, byte[] Pixels)
{
    /// <summary>How far a channel may be off: lines are smoothed at their edges, but not in their middle.</summary>
    private const int Tolerance = 12;

    /// <summary>A style sheet's colour: <c>#rrggbb</c> or <c>rgb(r, g, b)</c>.</summary>
    public static (int Red, int Green, int Blue) Colour(string text)
    {
        var numbers = text[0] == '#'
            ? text[1..].Chunk(2).Select(pair => int.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            : Regex.Matches(text, "[0-9]+").Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));
        return numbers.ToArray() is [var red, var green, var blue, ..] ? (red, green, blue) : throw new FormatException($"'{text}' is no colour");
    }

    public (int Red, int Green, int Blue) At(int x, int y)
    {
        var place = 4 * ((y * Width) + x);
        return (Pixels[place], Pixels[place + 1], Pixels[place + 2]);
    }

    /// <summary>Whether a colour occurs no farther than so many pixels from a place.</summary>
    public bool Has(string colour, double x, double y, int within = 0)
    {
        var (wanted, left, top) = (Colour(colour), (int)x, (int)y);
        var places =
            from row in Enumerable.Range(top - within, (2 * within) + 1)
            from column in Enumerable.Range(left - within, (2 * within) + 1)
            where row >= 0 && row < Height && column >= 0 && column < Width
            select At(column, row);
        return places.Any(found => IsNear(found, wanted));
    }

    /// <summary>The part of a row's pixels, between two columns, that has a colour.</summary>
    public double Share(string colour, double y, double left, double right)
    {
        var wanted = Colour(colour);
        return Enumerable.Range((int)left, (int)right - (int)left).Average(column => IsNear(At(column, (int)y), wanted) ? 1.0 : 0.0);
    }

    private static bool IsNear((int Red, int Green, int Blue) found, (int Red, int Green, int Blue) wanted) =>
        Math.Abs(found.Red - wanted.Red) <= Tolerance && Math.Abs(found.Green - wanted.Green) <= Tolerance && Math.Abs(found.Blue - wanted.Blue) <= Tolerance;
}
