using System.IO.Compression;
using System.Text;

namespace Slimmable.Cli.Tests;

/// <summary>Files of the kind that <c>torch.save</c> writes, made to do harm; put together by hand, without Python.</summary>
internal static class PoisonedFiles
{
    /// <summary>Unpickled by Python it runs a shell command that leaves a file behind.</summary>
    public static byte[] RunningCode(string leaves)
    {
        var command = Encoding.UTF8.GetBytes($"touch {leaves}");
        return Archive([0x80, 2, .. "cposix\nsystem\n("u8, .. Text(command), .. "tR."u8]);
    }

    /// <summary>A dictionary that holds itself under a name.</summary>
    public static byte[] Cycle() => Archive([0x80, 2, .. "}q"u8, 0, .. Text("state_dict"u8), .. "h"u8, 0, .. "s."u8]);

    /// <summary>A few kilobytes that unpack to many megabytes.</summary>
    public static byte[] Bomb() => Archive(new byte[256 << 20], CompressionLevel.SmallestSize);

    /// <summary>A tensor that a few bytes are viewed as, of more elements than memory has.</summary>
    public static byte[] Gigantic()
    {
        byte[] storage = [.. "("u8, .. Text("storage"u8), .. "ctorch\nFloatStorage\n"u8, .. Text("0"u8), .. Text("cpu"u8), .. "K"u8, 1, .. "tQ"u8];
        byte[] length = [0x8A, 6, 0, 0, 0, 0, 0, 1];
        byte[] tensor = [.. "ctorch._utils\n_rebuild_tensor_v2\n("u8, .. storage, .. "K"u8, 0, .. length, 0x85, .. "K"u8, 0, 0x85, 0x89, .. "N"u8, .. "tR"u8];
        return Archive([0x80, 2, .. "}"u8, .. Text("conv_stem.weight"u8), .. tensor, .. "s."u8]);
    }

    private static byte[] Text(ReadOnlySpan<byte> text) => [(byte)'X', (byte)text.Length, 0, 0, 0, .. text];

    private static byte[] Archive(byte[] pickle, CompressionLevel level = CompressionLevel.NoCompression)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in new[] { ("archive/data.pkl", pickle), ("archive/data/0", new byte[4]), ("archive/version", "3\n"u8.ToArray()) })
            {
                using var file = archive.CreateEntry(name, level).Open();
                file.Write(content);
            }
        }

        return stream.ToArray();
    }
}
