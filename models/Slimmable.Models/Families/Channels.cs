namespace Slimmable.Models;

/// <summary>How many channels a layer gets when its network is made narrower.</summary>
internal static class Channels
{
    /// <summary>
    /// The multiple of a divisor next to a wish, never more than 10 % below it and never 0: the rule of MobileNet's authors, which the slimmable
    /// networks' code follows.
    /// </summary>
    /// <param name="wish">How many there would be, above 0.</param>
    /// <param name="divisor">From 1 up.</param>
    public static int Divisible(double wish, int divisor)
    {
        var nearest = Math.Max(divisor, (int)(wish + (divisor / 2.0)) / divisor * divisor);
        return nearest < 0.9 * wish ? nearest + divisor : nearest;
    }
}
