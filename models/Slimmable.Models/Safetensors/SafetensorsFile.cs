using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slimmable.Models;

/// <summary>
/// A safetensors file opened for reading. The data is memory-mapped: a tensor's bytes are read when they are asked for. The header is
/// checked whole on opening, so that a hostile file is refused before anything is allocated for it.
/// </summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;
    private readonly byte* start;

    private SafetensorsFile(string path)
    {
        Path = path;
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            var header = ReadHeader(file, length);
            (Tensors, Metadata) = SafetensorsHeader.Parse(header, SafetensorsFormat.LengthBytes + header.Length, length);
            map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
        }
        catch (Exception fault)
        {
            Dispose();
            file?.Dispose();
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

    /// <summary>A tensor's bytes, valid until the file is disposed.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, or it has more than 2 GiB.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        ObjectDisposedException.ThrowIf(view is null || view.SafeMemoryMappedViewHandle.IsClosed, this);
        var entry = Entry(name);
        return entry.Length <= Array.MaxLength
            ? new ReadOnlySpan<byte>(start + entry.Offset, (int)entry.Length)
            : throw new InvalidFileException(Path, $"tensor '{name}': expected at most {Array.MaxLength} bytes, found {entry.Length}");
    }

    /// <summary>A tensor of F32, F16 or BF16 as 32-bit floats.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, or its elements are not floats.</exception>
    public float[] Singles(string name)
    {
        var bytes = Bytes(name);
        switch (Entry(name).Type)
        {
            case TensorType.F32:
                return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            case TensorType.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                var singles = new float[halves.Length];
                for (var index = 0; index < singles.Length; index++)
                {
                    singles[index] = (float)halves[index];
                }

                return singles;
            case TensorType.BF16:
                var brains = MemoryMarshal.Cast<byte, ushort>(bytes);
                var widened = new float[brains.Length];
                for (var index = 0; index < widened.Length; index++)
                {
                    widened[index] = BitConverter.UInt32BitsToSingle((uint)brains[index] << 16);
                }

                return widened;
            default:
                throw Unexpected(name, "F32, F16 or BF16");
        }
    }

    /// <summary>A tensor of I64.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor, or its elements are of another type.</exception>
    public long[] Int64s(string name) => Entry(name).Type == TensorType.I64
        ? MemoryMarshal.Cast<byte, long>(Bytes(name)).ToArray()
        : throw Unexpected(name, "I64");

    /// <summary>The declaration of a tensor.</summary>
    /// <exception cref="InvalidFileException">There is no such tensor.</exception>
    public TensorEntry Entry(string name) => Tensors.TryGetValue(name, out var entry)
        ? entry
        : throw new InvalidFileException(Path, $"tensor '{name}': expected, found none");

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (view is { SafeMemoryMappedViewHandle.IsClosed: false })
        {
            if (start is not null)
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
            }

            view.Dispose();
        }

        map?.Dispose();
    }

    private static byte[] ReadHeader(SafeFileHandle file, long fileLength)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.LengthBytes];
        if (RandomAccess.Read(file, prefix, 0) < prefix.Length)
        {
            throw new FormatException($"expected at least {SafetensorsFormat.LengthBytes} bytes, found {fileLength}");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        var room = (ulong)(fileLength - prefix.Length);
        if (length > room || length > SafetensorsFormat.LongestHeader)
        {
            throw new FormatException($"expected a header of at most {Math.Min(room, (ulong)SafetensorsFormat.LongestHeader)} bytes, found a length of {length}");
        }

        var header = new byte[length];
        for (var read = 0; read < header.Length;)
        {
            var count = RandomAccess.Read(file, header.AsSpan(read), prefix.Length + read);
            read += count > 0 ? count : throw new FormatException("the file shrank while it was read");
        }

        return header;
    }

    private InvalidFileException Unexpected(string name, string expected) =>
        new(Path, $"tensor '{name}': expected {expected}, found {Entry(name).TypeName}");
}
