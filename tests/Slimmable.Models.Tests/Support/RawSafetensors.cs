using System.Buffers.Binary;
using System.Text;

namespace Slimmable.Models.Tests;

/// <summary>Puts safetensors files together by hand, right or wrong, without the library's writer.</summary>
internal static class RawSafetensors
{
    public static byte[] Of(string header, params byte[] data) => Of(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Of(byte[] header, params byte[] data) => OfLength((ulong)header.Length, [.. header, .. data]);

    /// <summary>A file that claims a header length and goes on as it likes.</summary>
    public static byte[] OfLength(ulong length, params byte[] rest)
    {
        var file = new byte[8 + rest.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        rest.CopyTo(file, 8);
        return file;
    }
}
