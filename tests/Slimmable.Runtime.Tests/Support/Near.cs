namespace Slimmable.Runtime.Tests;

/// <summary>Equality of scores up to float32 rounding, which differs with the batch and the kernel.</summary>
internal static class Near
{
    private const float Relative = 1e-5f;

    /// <summary>Row by row, as inputs may be answered on very different scales.</summary>
    public static void Equal(RoutingResult expected, RoutingResult found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var row = 0; row < expected.Count; row++)
        {
            Equal(expected.LogitsOf(row), found.LogitsOf(row));
        }
    }

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        var scale = 0f;
        var difference = 0f;
        for (var index = 0; index < expected.Length; index++)
        {
            scale = Math.Max(scale, Math.Abs(expected[index]));
            difference = Math.Max(difference, Math.Abs(expected[index] - found[index]));
        }

        Assert.True(scale > 0 && difference <= Relative * scale, $"expected a difference of at most {Relative} of {scale}, found {difference}");
    }
}
