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

    /// <summary>How long a header may be in any file.</summary>
    public const long ShareFreeHeader = 1 << 20;

    /// <summary>The part of the file that a header may take beyond that.</summary>
    public const int HeaderShare = 16;

    public const string Metadata = "__metadata__";
    public const string Type = "dtype";
    public const string Shape = "shape";
    public const string Offsets = "data_offsets";

    /// <summary>Most dimensions accepted; far above what any tensor here has.</summary>
    public const int MostDimensions = 16;

    /// <summary>
    /// The longest header that is read of a file of so many bytes. JSON takes over 30 times its length when it is parsed and made a table of, and
    /// twice that with room to grow; no file may take more than 4 times its own length and 64 MiB.
    /// </summary>
    public static long LongestHeaderOf(long fileLength) => Math.Min(LongestHeader, ShareFreeHeader + (fileLength / HeaderShare));

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
