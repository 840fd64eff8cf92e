namespace Slimmable.Models;

/// <summary>
/// Constants of the safetensors format: an 8-byte little-endian header length, a JSON header, then the tensors' bytes, row-major,
/// little-endian, without gaps. See https://github.com/huggingface/safetensors.
/// </summary>
internal static class SafetensorsFormat
{
    public const int LengthBytes = 8;

    /// <summary>The header's limit in the reference implementation.</summary>
    public const long LongestHeader = 100_000_000;

    public const string Metadata = "__metadata__";
    public const string Type = "dtype";
    public const string Shape = "shape";
    public const string Offsets = "data_offsets";

    /// <summary>Most dimensions accepted; far above what any tensor here has.</summary>
    public const int MostDimensions = 16;

    /// <summary>Bytes that a shape of lengths from 0 up takes, or null where no file can hold them.</summary>
    public static long? ByteLength(TensorType type, IEnumerable<long> shape)
    {
        Int128 bytes = type.Size();
        foreach (var length in shape)
        {
            bytes *= length;
            if (bytes > long.MaxValue)
            {
                return null;
            }
        }

        return (long)bytes;
    }
}
