using System.Globalization;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>A weight's bytes, in the model's file or in one beside it; they may be more than memory holds and are read in pieces.</summary>
internal sealed class WeightBytes
{
    private readonly TensorProto tensor;
    private readonly string path;
    private readonly long start;

    /// <summary>Finds the bytes.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="tensor">The weight.</param>
    /// <exception cref="InvalidFileException">The weight refers to no file of the model's folder.</exception>
    public WeightBytes(string model, TensorProto tensor)
    {
        this.tensor = tensor;
        path = model;
        Length = tensor.RawData.Length;
        Type = OnnxTypes.Of(tensor.DataType);
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            var entries = tensor.ExternalData.ToLookup(entry => entry.Key, entry => entry.Value);
            var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
            path = ContainedFile.PlaceOf(folder, entries["location"].FirstOrDefault() ?? "");
            (start, Length) = (Number(entries["offset"]), Number(entries["length"]));
        }
    }

    /// <summary>Of the elements; null for one that bundles do not use.</summary>
    public OnnxType? Type { get; }

    /// <summary>How many there are.</summary>
    public long Length { get; }

    /// <summary>Reads a piece.</summary>
    /// <exception cref="InvalidFileException">The file ends before, or cannot be read.</exception>
    public void Read(long offset, Span<byte> piece)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
        {
            tensor.RawData.Span.Slice((int)offset, piece.Length).CopyTo(piece);
            return;
        }

        try
        {
            using var file = File.OpenHandle(path);
            if (RandomAccess.Read(file, piece, start + offset) < piece.Length)
            {
                throw new InvalidFileException(path, $"weight {FindingList.Quote(tensor.Name)}: expected {Length} bytes from {start} on, found fewer");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    private long Number(IEnumerable<string> texts) =>
        long.TryParse(texts.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidFileException(path, $"weight {FindingList.Quote(tensor.Name)}: expected an offset and a length, found none");
}
