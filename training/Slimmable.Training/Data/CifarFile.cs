using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Reads the binary version of CIFAR-10 and CIFAR-100: records of one byte for each kind of label, then 3072 bytes of pixels <c>[3, 32, 32]</c>,
/// with nothing before, between or after them. See https://www.cs.toronto.edu/~kriz/cifar.html.
/// </summary>
public static class CifarFile
{
    private const int Channels = 3;
    private const int Side = 32;
    private const int ImageSize = Channels * Side * Side;

    /// <summary>Reads files, one after the other, into one set.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="classes">How many classes each label of a record knows: one number for CIFAR-10, two for CIFAR-100. The last label is kept.</param>
    /// <exception cref="InvalidFileException">
    /// A file is missing, does not end where a record ends, or has a label beyond the classes; the message has the offset.
    /// </exception>
    public static ImageSet Read(IReadOnlyList<string> paths, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(classes);
        var counts = paths.Select(path => Guarded(path, () => CountRecords(path, classes.Count + ImageSize))).ToList();
        if (counts.Sum() * ImageSize > Array.MaxLength)
        {
            throw new InvalidFileException(paths[^1], $"expected at most {Array.MaxLength / ImageSize} images in all files, found {counts.Sum()}");
        }

        var images = new ImageSet(new byte[counts.Sum() * ImageSize], new int[counts.Sum()], Channels, Side, Side);
        var first = 0;
        foreach (var (path, count) in paths.Zip(counts))
        {
            first = Guarded(path, () => Fill(images, first, first + (int)count, path, classes));
        }

        return images;
    }

    private static long CountRecords(string path, int record)
    {
        var length = new FileInfo(path).Length;
        var (count, rest) = Math.DivRem(length, record);
        return count > 0 && rest == 0
            ? count
            : throw new InvalidFileException(path, $"expected whole records of {record} bytes, found the end at offset {length}, {rest} bytes into one");
    }

    private static int Fill(ImageSet images, int first, int end, string path, IReadOnlyList<int> classes)
    {
        using var file = File.OpenRead(path);
        var labels = new byte[classes.Count];
        for (var image = first; image < end; image++)
        {
            var offset = file.Position;
            file.ReadExactly(labels);
            file.ReadExactly(images.Pixels, image * ImageSize, ImageSize);
            for (var kind = 0; kind < labels.Length; kind++)
            {
                if (labels[kind] >= classes[kind])
                {
                    throw new InvalidFileException(path, $"expected labels below {classes[kind]}, found {labels[kind]} at offset {offset + kind}");
                }
            }

            images.Labels[image] = labels[^1];
        }

        return end;
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }
}
