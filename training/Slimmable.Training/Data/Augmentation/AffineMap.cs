namespace Slimmable.Training;

/// <summary>Where a pixel comes from: <c>(xx * x + xy * y + x0, yx * x + yy * y + y0)</c>, in pixels from the upper left one's centre.</summary>
internal readonly record struct AffineMap(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>About the centre, counterclockwise.</summary>
    public static AffineMap Rotation(ImageShape shape, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return AboutCentre(shape, cos, -sin, sin, cos);
    }

    /// <summary>Rows move left the more, the lower they are; the middle stays.</summary>
    public static AffineMap ShearX(ImageShape shape, double factor) => AboutCentre(shape, 1, factor, 0, 1);

    /// <summary>Columns move up the more, the further right they are; the middle stays.</summary>
    public static AffineMap ShearY(ImageShape shape, double factor) => AboutCentre(shape, 1, 0, factor, 1);

    /// <summary>Left and up.</summary>
    public static AffineMap Translation(double left, double up) => new(1, 0, left, 0, 1, up);

    private static AffineMap AboutCentre(ImageShape shape, double xx, double xy, double yx, double yy)
    {
        var (x, y) = ((shape.Width - 1) / 2.0, (shape.Height - 1) / 2.0);
        return new AffineMap(xx, xy, x - (xx * x) - (xy * y), yx, yy, y - (yx * x) - (yy * y));
    }
}
