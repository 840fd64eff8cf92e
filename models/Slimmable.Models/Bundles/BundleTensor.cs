using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>The numbers that a tensor of a bundle's graphs consists of.</summary>
[JsonConverter(typeof(NamedEnumConverter<NumberType>))]
public enum NumberType
{
    /// <summary>32-bit floats.</summary>
    [JsonStringEnumMemberName("float32")]
    F32,

    /// <summary>Bytes, 0 to 255.</summary>
    [JsonStringEnumMemberName("uint8")]
    U8,
}

/// <summary>Where the channels of an image stand.</summary>
[JsonConverter(typeof(NamedEnumConverter<ImageLayout>))]
public enum ImageLayout
{
    /// <summary><c>[N, C, H, W]</c>: a plane for each channel.</summary>
    [JsonStringEnumMemberName("nchw")]
    Nchw,

    /// <summary><c>[N, H, W, C]</c>: the channels of a pixel together, as cameras and image files have them.</summary>
    [JsonStringEnumMemberName("nhwc")]
    Nhwc,
}

/// <summary>An input or output of the bundle's graphs. A symbolic batch dimension stands before the shape.</summary>
/// <param name="Name">Its name in the ONNX graphs.</param>
/// <param name="Shape">Without the batch dimension.</param>
public record BundleTensor(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>What it consists of: 32-bit floats, and in the input maybe bytes.</summary>
    [JsonIgnore]
    public virtual NumberType NumberType => NumberType.F32;
}

/// <summary>The input of the bundle's graphs: preprocessed images, or raw ones that the graphs preprocess.</summary>
/// <param name="Name">Its name in the ONNX graphs.</param>
/// <param name="Shape">Without the batch dimension, in the order that <paramref name="Layout"/> says.</param>
/// <param name="Type">
/// <see cref="NumberType.F32"/>, the default: the caller preprocesses. <see cref="NumberType.U8"/>: the graphs take raw pixels and preprocess
/// them.
/// </param>
/// <param name="Layout">Where the channels stand. Default, and always of floats: <see cref="ImageLayout.Nchw"/>.</param>
public sealed record BundleInput(
    string Name,
    IReadOnlyList<int> Shape,
    [property: JsonPropertyOrder(1)] NumberType Type = NumberType.F32,
    [property: JsonPropertyOrder(2)] ImageLayout Layout = ImageLayout.Nchw)
    : BundleTensor(Name, Shape)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override NumberType NumberType => Type;

    /// <summary>Channels, height and width, whatever the layout.</summary>
    [JsonIgnore]
    public (int Channels, int Height, int Width) Image => Layout == ImageLayout.Nhwc ? (Shape[2], Shape[0], Shape[1]) : (Shape[0], Shape[1], Shape[2]);

    /// <summary>Raw images in this input's layout.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>, whole ones.</param>
    /// <returns>A copy.</returns>
    public byte[] Arrange(ReadOnlySpan<byte> images)
    {
        var arranged = images.ToArray();
        var (channels, height, width) = Image;
        var plane = height * width;
        for (var index = 0; Layout == ImageLayout.Nhwc && index < arranged.Length; index++)
        {
            var (image, place) = Math.DivRem(index, channels * plane);
            var (pixel, channel) = Math.DivRem(place, channels);
            arranged[index] = images[(image * channels * plane) + (channel * plane) + pixel];
        }

        return arranged;
    }
}
