using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Preprocessing looked up rather than computed: a byte has 256 values, and each is converted once, by <see cref="Preprocessing"/> itself.</summary>
internal sealed class PreprocessingTable
{
    private const int Values = 256;

    private readonly float[] table;

    /// <param name="preprocessing">What is looked up.</param>
    /// <param name="channels">Of the images.</param>
    public PreprocessingTable(Preprocessing preprocessing, int channels)
    {
        var everyByte = new byte[channels * Values];
        for (var index = 0; index < everyByte.Length; index++)
        {
            everyByte[index] = (byte)index;
        }

        table = new float[everyByte.Length];
        preprocessing.Apply(everyByte, Values, table);
    }

    /// <summary>As <see cref="Preprocessing.Apply"/>.</summary>
    public void Apply(ReadOnlySpan<byte> pixels, int pixelsPerChannel, Span<float> result)
    {
        for (var start = 0; start < pixels.Length; start += pixelsPerChannel)
        {
            var lookUp = table.AsSpan(start / pixelsPerChannel * Values % table.Length, Values);
            var from = pixels.Slice(start, pixelsPerChannel);
            var to = result.Slice(start, pixelsPerChannel);
            for (var index = 0; index < from.Length; index++)
            {
                to[index] = lookUp[from[index]];
            }
        }
    }
}
