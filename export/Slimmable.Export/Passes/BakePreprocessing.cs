using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// <c>(pixel * scale - mean) / std = pixel * (scale / std) + (-mean / std)</c> per channel, on the raw pixels of a network's image. Not folded any further
/// into the first convolution: its padding stands for zeros after normalization, and not for pixels of the mean's colour.
/// </summary>
internal static class BakePreprocessing
{
    /// <summary>Bakes. A network that no image enters, a tail, stays as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="preprocessing">What its image has gone through.</param>
    /// <param name="layout">How the raw image lies.</param>
    public static PlainNetwork Apply(PlainNetwork network, Preprocessing preprocessing, ImageLayout layout)
    {
        if (network.Inputs is not [{ Name: PortNames.Input } image])
        {
            return network;
        }

        int[] shape = [.. image.Shape];
        var raw = $"{image.Value}/raw";
        var port = new Port(image.Name, raw, layout == ImageLayout.Nhwc ? [shape[1], shape[2], shape[0]] : shape, PlainType.U8);
        IReadOnlyList<PlainNode> turned = layout == ImageLayout.Nhwc
            ? [new PlainChannelsFirst($"{image.Value}/channels_first", [raw], shape) { Type = PlainType.U8 }]
            : [];
        var cast = new PlainCast($"{image.Value}/float", [turned is [var first] ? first.Name : raw], shape);
        var scaled = new PlainScale(
            $"{image.Value}/scaled", [cast.Name], shape, PerChannel($"{image.Value}/scaled.factor", preprocessing.Std, std => preprocessing.Scale / std));
        var normalized = new PlainShift(
            $"{image.Value}/normalized",
            [scaled.Name],
            shape,
            PerChannel($"{image.Value}/normalized.term", preprocessing.Mean.Zip(preprocessing.Std), of => -of.First / of.Second));
        string Renamed(string value) => value == image.Value ? normalized.Name : value;
        return network with
        {
            Inputs = [port],
            Nodes = [.. turned, cast, scaled, normalized, .. network.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(Renamed)] })],
        };
    }

    private static PlainTensor PerChannel<T>(string name, IEnumerable<T> channels, Func<T, double> number)
    {
        float[] values = [.. channels.Select(channel => (float)number(channel))];
        return new PlainTensor(name, [values.Length, 1, 1], values);
    }
}
