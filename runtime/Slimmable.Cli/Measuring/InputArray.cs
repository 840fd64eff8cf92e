using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>Whole inputs in the form that a bundle takes: preprocessed numbers, or raw pixels where its graphs preprocess. The other is empty.</summary>
internal sealed record InputArray(float[] Numbers, byte[] Pixels)
{
    /// <summary>As the SDK takes them.</summary>
    public ModelInput Input => Pixels.Length > 0 ? Pixels : Numbers;

    /// <summary>Raw images as a bundle takes them.</summary>
    /// <param name="input">The bundle's input.</param>
    /// <param name="preprocessing">What becomes of them where the graphs do not preprocess.</param>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    public static InputArray Of(BundleInput input, Preprocessing preprocessing, ReadOnlySpan<byte> images)
    {
        if (input.Type == NumberType.U8)
        {
            return new([], input.Arrange(images));
        }

        var numbers = new float[images.Length];
        preprocessing.Apply(images, input.Image.Height * input.Image.Width, numbers);
        return new(numbers, []);
    }

    /// <summary>Several, one after the other.</summary>
    public static InputArray Join(IReadOnlyList<InputArray> inputs) =>
        new([.. inputs.SelectMany(input => input.Numbers)], [.. inputs.SelectMany(input => input.Pixels)]);
}
