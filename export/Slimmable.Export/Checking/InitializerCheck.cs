using System.Runtime.InteropServices;
using Slimmable.Export.Onnx;
using static Slimmable.Export.FaultList;
using static Slimmable.Export.Onnx.TensorProto.Types;

namespace Slimmable.Export;

/// <summary>Checks one weight: float32, in the file itself, as many bytes as its shape takes, finite.</summary>
internal static class InitializerCheck
{
    /// <summary>Lists what is wrong, and yields the shape where the weight declares one.</summary>
    public static TensorShape? Run(TensorProto tensor, FaultList faults)
    {
        var what = $"initializer {Quote(tensor.Name)}";
        var shape = TensorShape.OfKnown(tensor.Dims);
        faults.Require(shape is not null, $"{what}: expected lengths from 1 up, found [{string.Join(", ", tensor.Dims.Take(8))}]");
        if (tensor.ExternalData.Count > 0 || tensor.DataLocation != DataLocation.Default || tensor.Segment is not null)
        {
            faults.Add($"{what}: expected its numbers in the file, found a reference to another place");
        }
        else if (tensor.DataType != (int)DataType.Float)
        {
            faults.Add($"{what}: expected data type {(int)DataType.Float} (float), found {tensor.DataType}");
        }
        else if (!tensor.HasRawData || HasOtherData(tensor))
        {
            faults.Add($"{what}: expected its numbers in raw_data and nowhere else");
        }
        else if (shape is not null)
        {
            CheckNumbers(tensor, what, faults);
        }

        return shape;
    }

    private static bool HasOtherData(TensorProto tensor) =>
        tensor.FloatData.Count + tensor.Int32Data.Count + tensor.StringData.Count + tensor.Int64Data.Count + tensor.DoubleData.Count + tensor.Uint64Data.Count > 0;

    private static void CheckNumbers(TensorProto tensor, string what, FaultList faults)
    {
        var expected = ByteLength(tensor.Dims);
        if (expected is null || expected != tensor.RawData.Length)
        {
            faults.Add($"{what}: its shape [{string.Join(", ", tensor.Dims.Take(8))}] takes {expected?.ToString() ?? "too many"} bytes, found {tensor.RawData.Length}");
            return;
        }

        var numbers = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
        for (var index = 0; index < numbers.Length; index++)
        {
            if (!float.IsFinite(numbers[index]))
            {
                faults.Add($"{what}: expected finite numbers, found {numbers[index]} at element {index}");
                return;
            }
        }
    }

    private static long? ByteLength(IEnumerable<long> dims)
    {
        try
        {
            return dims.Aggregate((long)sizeof(float), (product, length) => checked(product * length));
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
