using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Labelled images in one safetensors file, which anyone can make: <c>images</c> U8 <c>[N, C, H, W]</c> and <c>labels</c> I64 <c>[N]</c>. Metadata
/// may add <c>labels</c>, a JSON list of the classes' names, and <c>preprocessing</c>, JSON as in a checkpoint.
/// </summary>
/// <param name="Images">The images and their labels.</param>
/// <param name="Labels">The classes' names, or null where the file has none.</param>
/// <param name="Preprocessing">How bytes become the input, or null where the file does not say.</param>
public sealed record ImageFile(ImageSet Images, IReadOnlyList<string>? Labels, Preprocessing? Preprocessing)
{
    /// <summary>How the names of such files end.</summary>
    public const string Extension = ".safetensors";

    /// <summary>The most classes that a file may have.</summary>
    public const int MostClasses = 65_536;

    /// <summary>The most channels that an image may have; each takes tables of its own, however small the images are.</summary>
    public const int MostChannels = 1024;

    /// <summary>Grey, colours and transparency. More channels than that, but no more columns, are axes in another order.</summary>
    private const int MostColours = 4;

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classes">How many classes there are, where the file does not name them.</param>
    /// <exception cref="InvalidFileException">The file is missing, damaged, or not of this form; the message names the tensor and, for a label, its offset.</exception>
    public static ImageFile Read(string path, int classes = MostClasses)
    {
        using var file = SafetensorsFile.Open(path);
        var shape = ShapeOf(file);
        var names = ReadNames(file);
        var labels = ReadLabels(file, shape[0], names?.Count ?? classes);
        var preprocessing = Parse(file, ImageFileFormat.PreprocessingKey, ImageFileJson.Default.Preprocessing);
        var faults = preprocessing?.FaultsFor(shape[1]).ToList() ?? [];
        return faults.Count == 0
            ? new ImageFile(new ImageSet(file.Bytes(ImageFileFormat.Images), labels, shape[1], shape[2], shape[3]), names, preprocessing)
            : throw new InvalidFileException(path, $"metadata '{ImageFileFormat.PreprocessingKey}': {string.Join("; ", faults)}");
    }

    /// <summary>Writes a file that <see cref="Read"/> reads.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="images">At least one image.</param>
    /// <param name="labels">The classes' names.</param>
    /// <param name="preprocessing">How bytes become the input.</param>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public static void Write(string path, ImageSet images, IReadOnlyList<string> labels, Preprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(images);
        TensorData[] tensors =
        [
            TensorData.Of(ImageFileFormat.Images, images.Pixels, images.Count, images.Channels, images.Height, images.Width),
            TensorData.Of(ImageFileFormat.Labels, Array.ConvertAll(images.Labels, label => (long)label), images.Count),
        ];
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string>
        {
            [ImageFileFormat.LabelsKey] = JsonSerializer.Serialize(labels, ImageFileJson.Default.IReadOnlyListString),
            [ImageFileFormat.PreprocessingKey] = JsonSerializer.Serialize(preprocessing, ImageFileJson.Default.Preprocessing),
        });
    }

    private static int[] ShapeOf(SafetensorsFile file)
    {
        var entry = file.Entry(ImageFileFormat.Images);
        if (entry.Type != TensorType.U8 || entry.Shape.Count != 4 || entry.Shape.Any(length => length is < 1 or > int.MaxValue))
        {
            throw Fault(file, entry, "expected U8 [N, C, H, W] with at least one image");
        }

        return entry.Shape switch
        {
            [_, > MostColours, _, <= MostColours] => throw Fault(file, entry, "expected the channels before the rows, [N, C, H, W]"),
            [_, > MostChannels, _, _] => throw Fault(file, entry, $"expected at most {MostChannels} channels"),
            _ => Array.ConvertAll([.. entry.Shape], length => (int)length),
        };
    }

    private static int[] ReadLabels(SafetensorsFile file, int images, int classes)
    {
        var entry = file.Entry(ImageFileFormat.Labels);
        if (entry.Type != TensorType.I64 || entry.Shape is not [var count] || count != images)
        {
            throw Fault(file, entry, $"expected I64 [{images}], a label for each image");
        }

        var labels = file.Int64s(ImageFileFormat.Labels);
        return Array.FindIndex(labels, label => label < 0 || label >= classes) is >= 0 and var bad
            ? throw new InvalidFileException(
                file.Path, $"tensor '{entry.Name}': expected labels in 0..{classes - 1}, found {labels[bad]} at offset {entry.Offset + ((long)bad * sizeof(long))}")
            : Array.ConvertAll(labels, label => (int)label);
    }

    private static IReadOnlyList<string>? ReadNames(SafetensorsFile file)
    {
        var names = Parse(file, ImageFileFormat.LabelsKey, ImageFileJson.Default.IReadOnlyListString);
        return names is null || (names.Count is > 0 and <= MostClasses && !names.Contains(null!))
            ? names
            : throw new InvalidFileException(
                file.Path, $"metadata '{ImageFileFormat.LabelsKey}': expected 1..{MostClasses} names, found {names.Count}{(names.Contains(null!) ? " with null among them" : string.Empty)}");
    }

    private static T? Parse<T>(SafetensorsFile file, string key, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return file.Metadata.TryGetValue(key, out var json) ? JsonSerializer.Deserialize(json, type) ?? throw new JsonException("found null") : null;
        }
        catch (JsonException fault)
        {
            throw new InvalidFileException(file.Path, $"metadata '{key}': {fault.Message}", fault);
        }
    }

    private static InvalidFileException Fault(SafetensorsFile file, TensorEntry entry, string expected) =>
        new(file.Path, $"tensor '{entry.Name}': {expected}, found {entry.TypeName} {entry.ShapeText}");
}
