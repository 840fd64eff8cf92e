using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>The operators as their definitions say, in plain loops, one image at a time.</summary>
internal static class ReferenceMath
{
    public static Volume Conv(
        Volume input, int channels, int groups, int kernel, int stride, int padding, IndexedTensor weight, IndexedTensor? bias) =>
        Volume.Make(channels, Side(input.Height, kernel, stride, padding), Side(input.Width, kernel, stride, padding), (channel, y, x) =>
        {
            var each = input.Channels / groups;
            var first = channel / (channels / groups) * each;
            var sum = bias?[channel] ?? 0;
            for (var from = 0; from < each; from++)
            {
                for (var row = 0; row < kernel; row++)
                {
                    for (var column = 0; column < kernel; column++)
                    {
                        sum += weight[channel, from, row, column] * At(input, first + from, (y * stride) + row - padding, (x * stride) + column - padding, 0);
                    }
                }
            }

            return sum;
        });

    public static Volume Norm(Volume input, IndexedTensor gamma, IndexedTensor beta, IndexedTensor mean, IndexedTensor variance, double epsilon) =>
        Volume.Make(input.Channels, input.Height, input.Width, (channel, y, x) =>
            (gamma[channel] * (input[channel, y, x] - mean[channel]) / Math.Sqrt(variance[channel] + epsilon)) + beta[channel]);

    public static Volume Activate(Volume input, ActivationKind kind) => Map(input, value => kind switch
    {
        ActivationKind.Relu => Math.Max(value, 0),
        ActivationKind.Swish => value / (1 + Math.Exp(-value)),
        ActivationKind.HardSwish => value * Math.Clamp((value / 6) + 0.5, 0, 1),
        ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-value)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    public static Volume GlobalAveragePool(Volume input) =>
        new(input.Channels, 1, 1, [.. input.Values.Chunk(input.Height * input.Width).Select(pixels => pixels.Average())]);

    public static Volume AveragePool(Volume input, int kernel, int stride, int padding) =>
        Pool(input, kernel, stride, padding, outside: 0, pixels => pixels.Average());

    public static Volume MaxPool(Volume input, int kernel, int stride, int padding) =>
        Pool(input, kernel, stride, padding, double.NegativeInfinity, pixels => pixels.Max());

    public static Volume Add(Volume left, Volume right) =>
        Volume.Make(left.Channels, left.Height, left.Width, (channel, y, x) => left[channel, y, x] + right[channel, y, x]);

    public static Volume Multiply(Volume left, Volume right) => Volume.Make(left.Channels, left.Height, left.Width, (channel, y, x) =>
        left[channel, y, x] * (right.Values.Length == right.Channels ? right[channel, 0, 0] : right[channel, y, x]));

    /// <summary>One pixel repeated.</summary>
    public static Volume Spread(Volume input, int height, int width) => Volume.Make(input.Channels, height, width, (channel, _, _) => input[channel, 0, 0]);

    public static Volume Flatten(Volume input) => new(input.Values.Length, 1, 1, input.Values);

    public static Volume Linear(Volume input, int channels, IndexedTensor weight, IndexedTensor bias) =>
        Volume.Make(channels, 1, 1, (channel, _, _) => bias[channel] + input.Values.Select((value, index) => value * weight[channel, index]).Sum());

    private static Volume Map(Volume input, Func<double, double> function) => input with { Values = [.. input.Values.Select(function)] };

    private static Volume Pool(Volume input, int kernel, int stride, int padding, double outside, Func<IEnumerable<double>, double> reduce) =>
        Volume.Make(input.Channels, Side(input.Height, kernel, stride, padding), Side(input.Width, kernel, stride, padding), (channel, y, x) =>
            reduce(Window(kernel).Select(at => At(input, channel, (y * stride) + at.Row - padding, (x * stride) + at.Column - padding, outside))));

    private static int Side(int length, int kernel, int stride, int padding) => ((length + (2 * padding) - kernel) / stride) + 1;

    private static IEnumerable<(int Row, int Column)> Window(int kernel) =>
        from row in Enumerable.Range(0, kernel) from column in Enumerable.Range(0, kernel) select (row, column);

    private static double At(Volume input, int channel, int y, int x, double outside) =>
        y >= 0 && y < input.Height && x >= 0 && x < input.Width ? input[channel, y, x] : outside;
}
