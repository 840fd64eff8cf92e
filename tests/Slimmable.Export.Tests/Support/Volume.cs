namespace Slimmable.Export.Tests;

/// <summary>A value of one image in double precision: <c>[C, H, W]</c>, or <c>[C]</c> where it is flat (then H and W are 1).</summary>
internal sealed record Volume(int Channels, int Height, int Width, double[] Values)
{
    public double this[int channel, int y, int x] => Values[(((channel * Height) + y) * Width) + x];

    public static Volume Of(IReadOnlyList<int> shape, IEnumerable<float> values) =>
        new(shape[0], shape.Count == 3 ? shape[1] : 1, shape.Count == 3 ? shape[2] : 1, [.. values.Select(value => (double)value)]);

    public static Volume Make(int channels, int height, int width, Func<int, int, int, double> value) => new(
        channels,
        height,
        width,
        [.. Enumerable.Range(0, channels * height * width).Select(index => value(index / (height * width), index / width % height, index % width))]);
}
