using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>A checkpoint's golden samples as a bundle holds them.</summary>
internal static class GoldenTensors
{
    /// <summary>The tensors; null where there are none.</summary>
    /// <param name="checkpoint">Whose they are.</param>
    /// <param name="input">
    /// What the bundle's graphs take. Where that is raw bytes, so are the golden inputs: those that preprocessing turns into the trainer's very numbers. Where
    /// there are none, because the trainer was given something else than images, there are no samples.
    /// </param>
    /// <param name="subnets">Which subnets' answers.</param>
    public static IReadOnlyList<TensorData>? Of(ICheckpoint checkpoint, BundleInput input, IReadOnlyList<Subnet> subnets)
    {
        if (checkpoint.Golden is not { } golden)
        {
            return null;
        }

        var tensors = golden.ToTensors(checkpoint.Graph, "", subnets).ToList();
        if (input.Type == NumberType.F32)
        {
            return tensors;
        }

        return checkpoint.Info.Preprocessing!.Invert(golden.Input, input.Image.Height * input.Image.Width) is { } pixels
            ? [TensorData.Of(BundleFormat.GoldenInput, input.Arrange(pixels), [golden.Count, .. input.Shape.Select(length => (long)length)]), .. tensors.Skip(1)]
            : null;
    }
}
