using System.Buffers.Binary;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>The tensors of somebody else's checkpoint by name: of a safetensors file, or of one that <c>torch.save</c> wrote.</summary>
internal static class StateDict
{
    /// <summary>Enough of a file's beginning to tell what it is: a tar archive says so at byte 257.</summary>
    private const int Beginning = 512;

    private const int TarMark = 257;

    /// <summary>Some ten times what the largest DS-MBNet with its optimizer takes.</summary>
    private const long LargestFile = 1L << 30;

    /// <summary>Reads a file, told apart by its first bytes, not by its name.</summary>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, damaged, hostile, or of another format.</exception>
    public static IReadOnlyDictionary<string, StateTensor> Read(string path)
    {
        try
        {
            return KindOf(path) switch
            {
                Kind.Zip => PthFile.Read(File.ReadAllBytes(path)),
                Kind.Legacy => throw new FormatException(
                    "expected safetensors or the zip file that PyTorch 1.6 and later write, found a bare pickle or a tar archive as older ones do; load it and save it anew with a later PyTorch"),
                _ => ReadSafetensors(path),
            };
        }
        catch (FormatException fault)
        {
            throw new InvalidFileException(path, fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    private static Dictionary<string, StateTensor> ReadSafetensors(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Tensors.Values.ToDictionary(
            entry => entry.Name,
            entry => new StateTensor(
                entry.TypeName, entry.Shape, entry.Type is TensorType.F32 or TensorType.F16 or TensorType.BF16 ? file.Singles(entry.Name) : null));
    }

    private static Kind KindOf(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > LargestFile)
        {
            throw new FormatException($"expected a checkpoint of at most {LargestFile} bytes, found {file.Length}");
        }

        var start = new byte[Beginning];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan().StartsWith("PK"u8))
        {
            return Kind.Zip;
        }

        // Safetensors begin with the length of their header. What a pickle begins with would be a length far beyond any file.
        var isPickle = start[0] == PickleReader.Protocol && BinaryPrimitives.ReadUInt64LittleEndian(start) > (ulong)file.Length;
        return isPickle || start.AsSpan(TarMark).StartsWith("ustar"u8) ? Kind.Legacy : Kind.Safetensors;
    }

    private enum Kind
    {
        Safetensors,
        Zip,
        Legacy,
    }
}
