namespace Slimmable.Training;

/// <summary>The checksum of zip files (CRC-32, polynomial 0x04C11DB7 reflected).</summary>
internal static class Crc32
{
    private static readonly uint[] Table =
        [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (rest, _) => Shift(rest)))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var value in bytes)
        {
            rest = Table[(byte)(rest ^ value)] ^ (rest >> 8);
        }

        return ~rest;
    }

    private static uint Shift(uint rest) => (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320;
}
