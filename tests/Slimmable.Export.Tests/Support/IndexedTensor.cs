namespace Slimmable.Export.Tests;

/// <summary>Row-major numbers, looked up one by one.</summary>
internal sealed record IndexedTensor(int[] Shape, float[] Values)
{
    public double this[params ReadOnlySpan<int> index]
    {
        get
        {
            var offset = 0;
            for (var dimension = 0; dimension < Shape.Length; dimension++)
            {
                offset = (offset * Shape[dimension]) + index[dimension];
            }

            return Values[offset];
        }
    }
}
