using System.Numerics;
using System.Runtime.InteropServices;
using Slimmable.Export.Onnx;
using static Slimmable.Export.FindingList;
using static Slimmable.Export.Onnx.TensorProto.Types;

namespace Slimmable.Export;

/// <summary>Checks one weight: as many bytes as its shape takes, in one place, finite.</summary>
internal static class InitializerCheck
{
    /// <summary>Lists what is wrong, and yields what is known of the weight where it declares a type and a shape.</summary>
    public static TensorFacts? Run(TensorProto tensor, ModelScope scope)
    {
        var (what, findings) = ($"initializer {Quote(tensor.Name)}", scope.Findings);
        var (type, shape) = (OnnxTypes.Of(tensor.DataType), TensorShape.OfKnown(tensor.Dims));
        findings.Require(
            type is not null, FindingRules.ElementTypes, $"{what}: expected {OnnxTypes.Known}, found type {OnnxTypes.Text(tensor.DataType)}");
        findings.Require(
            shape is not null,
            FindingRules.WeightData,
            $"{what}: expected at most {TensorShape.MostDimensions} lengths from 1 up, found [{string.Join(", ", tensor.Dims.Take(8))}]");
        var isExternal = tensor.DataLocation == DataLocation.External;
        if (tensor.Segment is not null || HasOtherData(tensor) || tensor.HasRawData == isExternal || (!isExternal && tensor.ExternalData.Count > 0))
        {
            findings.Add(FindingRules.WeightData, $"{what}: expected its numbers in raw_data or in another file, and nowhere else");
            return Facts(type, shape, null);
        }

        if (type is not { } known || shape is null)
        {
            return null;
        }

        if (isExternal)
        {
            scope.External.Check(tensor, what, known, ByteLength(tensor.Dims, known));
            return new(known, shape);
        }

        return Facts(type, shape, CheckNumbers(tensor, known, what, findings) && known == OnnxType.Int64 ? Whole(tensor) : null);
    }

    /// <summary>Where the first number is that is infinite or none, or -1.</summary>
    public static int IndexOfNotFinite(ReadOnlySpan<byte> bytes, OnnxType type) => type switch
    {
        OnnxType.Float => IndexOfNotFinite(MemoryMarshal.Cast<byte, uint>(bytes), 0x7F80_0000u),
        OnnxType.Float16 => IndexOfNotFinite(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7C00),
        _ => -1,
    };

    /// <summary>The bytes that a shape takes, or null where they do not fit in 63 bits.</summary>
    private static long? ByteLength(IEnumerable<long> dims, OnnxType type)
    {
        try
        {
            return dims.Aggregate((long)type.Bytes(), (product, length) => checked(product * length));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static TensorFacts? Facts(OnnxType? type, TensorShape? shape, IReadOnlyList<Length>? numbers) =>
        type is { } known && shape is not null ? new(known, shape, numbers) : null;

    private static bool HasOtherData(TensorProto tensor) =>
        tensor.FloatData.Count + tensor.Int32Data.Count + tensor.StringData.Count + tensor.Int64Data.Count + tensor.DoubleData.Count + tensor.Uint64Data.Count > 0;

    private static bool CheckNumbers(TensorProto tensor, OnnxType type, string what, FindingList findings)
    {
        var expected = ByteLength(tensor.Dims, type);
        if (!findings.Require(
            expected == tensor.RawData.Length,
            FindingRules.WeightData,
            $"{what}: its shape [{string.Join(", ", tensor.Dims.Take(8))}] takes {expected?.ToString() ?? "too many"} bytes, found {tensor.RawData.Length}"))
        {
            return false;
        }

        var bad = IndexOfNotFinite(tensor.RawData.Span, type);
        return findings.Require(bad < 0, FindingRules.WeightNumbers, $"{what}: expected finite numbers, found another at element {bad}");
    }

    private static Length[]? Whole(TensorProto tensor)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(tensor.RawData.Span);
        return numbers.Length <= TensorFacts.MostNumbers ? [.. numbers.ToArray().Select(number => new Length(number))] : null;
    }

    /// <summary>A float is finite unless all bits of its exponent are set.</summary>
    private static int IndexOfNotFinite<T>(ReadOnlySpan<T> numbers, T exponent)
        where T : IBinaryInteger<T>
    {
        for (var index = 0; index < numbers.Length; index++)
        {
            if ((numbers[index] & exponent) == exponent)
            {
                return index;
            }
        }

        return -1;
    }
}
