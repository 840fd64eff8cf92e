using System.Buffers.Binary;
using System.IO.Compression;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Reads IDX files, plain or gzipped: two zero bytes, an element type, a rank, that many big-endian lengths, then the elements. Only
/// unsigned bytes are read. See http://yann.lecun.com/exdb/mnist.
/// </summary>
public static class IdxFile
{
    private const int UnsignedByte = 0x08;
    private const int GzipMagic = 0x1f8b;

    /// <summary>How many elements a byte of a file may stand for: some ten times what gzip makes of images.</summary>
    private const int MostRatio = 100;

    /// <summary>Elements that any file may have: a few images of one colour pack better than that.</summary>
    private const int SmallContent = 1 << 20;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">How many dimensions are expected: 3 for images, 1 for labels.</param>
    /// <exception cref="InvalidFileException">The file is missing, of another type or rank, too short, or too long; the message has the offset.</exception>
    public static (int[] Shape, byte[] Elements) Read(string path, int rank)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var content = Open(file);
            return Read(path, file.Length, content, rank);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    private static Stream Open(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var zipped = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == 2 && BinaryPrimitives.ReadUInt16BigEndian(magic) == GzipMagic;
        file.Position = 0;
        return zipped ? new GZipStream(file, CompressionMode.Decompress) : new BufferedStream(file);
    }

    private static (int[] Shape, byte[] Elements) Read(string path, long fileLength, Stream content, int rank)
    {
        var header = new byte[4 + (4 * rank)];
        var headerRead = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (headerRead < header.Length)
        {
            throw new InvalidFileException(path, $"expected a header of {header.Length} bytes, found the end at offset {headerRead}");
        }

        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedByte || header[3] != rank)
        {
            throw new InvalidFileException(
                path, $"expected 00 00 08 {rank:x2} at offset 0 (unsigned bytes of rank {rank}), found {Convert.ToHexStringLower(header.AsSpan(0, 4))}");
        }

        var shape = new int[rank];
        var elements = 1L;
        for (var index = 0; index < rank; index++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + (4 * index)));
            elements = length > (uint)Array.MaxLength ? long.MaxValue : Math.Min(elements * length, long.MaxValue / Array.MaxLength);
            if (elements > Array.MaxLength)
            {
                throw new InvalidFileException(path, $"expected at most {Array.MaxLength} elements, found a length of {length} at offset {4 + (4 * index)}");
            }

            shape[index] = (int)length;
        }

        // A header that lies and a gzip bomb may claim memory only in proportion to the file.
        if (elements > Math.Max(SmallContent, fileLength * MostRatio))
        {
            throw new InvalidFileException(path, $"expected at most {MostRatio} elements for each of the file's {fileLength} bytes, found lengths {string.Join(", ", shape)} at offset 4");
        }

        return (shape, ReadElements(path, content, header.Length, elements));
    }

    private static byte[] ReadElements(string path, Stream content, int offset, long expected)
    {
        var elements = new byte[expected];
        var read = content.ReadAtLeast(elements, elements.Length, throwOnEndOfStream: false);
        return read == expected && content.ReadByte() < 0
            ? elements
            : throw new InvalidFileException(
                path, $"expected {expected} elements from offset {offset}, found {(read < expected ? $"the end at offset {offset + read}" : "more")}");
    }
}
