using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slimmable.Models;

/// <summary>
/// A safetensors file opened for reading: a tensor's elements are read when they are asked for. The header is checked whole on opening, so that a
/// hostile file is refused before anything is allocated for it.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle? file;

    private SafetensorsFile(string path)
    {
        Path = path;
        try
        {
            file = RegularFile.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            var header = ReadHeader(file, length);
            (Tensors, Metadata) = SafetensorsHeader.Parse(header, SafetensorsFormat.LengthBytes + header.Length, length);
        }
        catch (Exception fault)
        {
            Dispose();
            throw fault switch
            {
                FormatException => new InvalidFileException(path, fault.Message, fault),
                IOException or UnauthorizedAccessException or NotSupportedException => new InvalidFileException(path, $"cannot be read: {fault.Message}", fault),
                _ => fault,
            };
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    /// <summary>The file's free-form metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path) => new(path);

    /// <summary>A tensor's bytes.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, it has more bytes than an array holds, or the file cannot be read.</exception>
    public byte[] Bytes(string name) => ReadAll<byte>(Entry(name), sizeof(byte));

    /// <summary>A tensor of F32, F16 or BF16 as 32-bit floats.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, its elements are not floats or more than an array holds, or the file cannot be read.</exception>
    public float[] Singles(string name)
    {
        var values = Values(name);
        return values.Count <= Array.MaxLength ? values.ToArray() : throw TooLong(name, values.Count);
    }

    /// <summary>A tensor of F32, F16 or BF16 as 32-bit floats that are read in pieces, as long as the file is open.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, or its elements are not floats. Reading: the file cannot be read.</exception>
    public TensorValues Values(string name)
    {
        var entry = Entry(name);
        return entry.Type switch
        {
            TensorType.F32 => new(entry.Length / sizeof(float), (first, target) => Read(entry, first * sizeof(float), MemoryMarshal.AsBytes(target))),
            TensorType.F16 => Widened(entry, bits => (float)BitConverter.UInt16BitsToHalf(bits)),
            TensorType.BF16 => Widened(entry, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            _ => throw Unexpected(name, "F32, F16 or BF16"),
        };
    }

    /// <summary>A tensor of I64.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, its elements are of another type, or the file cannot be read.</exception>
    public long[] Int64s(string name) => Entry(name).Type == TensorType.I64
        ? ReadAll<long>(Entry(name), sizeof(long))
        : throw Unexpected(name, "I64");

    /// <summary>A tensor of U8.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, its elements are of another type, or the file cannot be read.</exception>
    public byte[] UInt8s(string name) => Entry(name).Type == TensorType.U8 ? Bytes(name) : throw Unexpected(name, "U8");

    /// <summary>The declaration of a tensor.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor.</exception>
    public TensorEntry Entry(string name) => Tensors.TryGetValue(name, out var entry)
        ? entry
        : throw new InvalidFileException(Path, $"tensor '{name}': expected, found none");

    /// <summary>Closes the file.</summary>
    public void Dispose() => file?.Dispose();

    private TensorValues Widened(TensorEntry entry, Func<ushort, float> widen) => new(entry.Length / sizeof(ushort), (first, target) =>
    {
        var narrow = new ushort[target.Length];
        Read(entry, first * sizeof(ushort), MemoryMarshal.AsBytes(narrow.AsSpan()));
        for (var index = 0; index < narrow.Length; index++)
        {
            target[index] = widen(narrow[index]);
        }
    });

    private T[] ReadAll<T>(TensorEntry entry, int size)
        where T : struct
    {
        if (entry.Length > Array.MaxLength)
        {
            throw TooLong(entry.Name, entry.Length / size);
        }

        var elements = new T[entry.Length / size];
        Read(entry, 0, MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }

    /// <summary>Reads bytes of a tensor. The pages of a mapped file would count as this process's memory, and one cut short behind our back ends the process.</summary>
    private void Read(TensorEntry entry, long first, Span<byte> target)
    {
        try
        {
            ReadExactly(file!, target, entry.Offset + first);
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            throw new InvalidFileException(Path, $"tensor '{entry.Name}': cannot be read: {fault.Message}", fault);
        }
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> target, long offset)
    {
        for (var read = 0; read < target.Length;)
        {
            var count = RandomAccess.Read(file, target[read..], offset + read);
            read += count > 0 ? count : throw new FormatException("the file shrank while it was read");
        }
    }

    private static byte[] ReadHeader(SafeFileHandle file, long fileLength)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.LengthBytes];
        if (RandomAccess.Read(file, prefix, 0) < prefix.Length)
        {
            throw new FormatException($"expected at least {SafetensorsFormat.LengthBytes} bytes, found {fileLength}");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var most = (ulong)Math.Min(fileLength - prefix.Length, SafetensorsFormat.LongestHeaderOf(fileLength));
        if (length > most)
        {
            throw new FormatException($"expected a header of at most {most} bytes, found a length of {length}");
        }

        var header = new byte[length];
        ReadExactly(file, header, prefix.Length);
        return header;
    }

    private InvalidFileException TooLong(string name, long elements) =>
        new(Path, $"tensor '{name}': expected at most {Array.MaxLength} elements and bytes, found {elements} elements");

    private InvalidFileException Unexpected(string name, string expected) =>
        new(Path, $"tensor '{name}': expected {expected}, found {Entry(name).TypeName}");
}
