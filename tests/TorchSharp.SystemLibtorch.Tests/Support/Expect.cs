using static TorchSharp.torch;

// Seeds, thread counts and the count of living tensors belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace TorchSharpTests.Support;

internal static class Expect
{
    public static double[] Values(Tensor tensor) => tensor.to(ScalarType.Float64).data<double>().ToArray();

    public static void Equal(double[] expected, Tensor actual, double tolerance = 1e-5)
    {
        var values = Values(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= tolerance,
                $"element {i}: expected {expected[i]}, got {values[i]}; all: {string.Join(", ", values)}");
    }

    public static void Shape(long[] expected, Tensor actual) => Assert.Equal(expected, actual.shape);

    /// <summary>The tensors alive after the garbage collector has taken those other tests forgot.</summary>
    public static long Alive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
