using System.Buffers.Binary;
using static Slimmable.Training.Requirement;

namespace Slimmable.Training;

/// <summary>
/// Reads the tensors of a file that <c>torch.save</c> wrote (the zip format, PyTorch 1.6 and later): <c>NAME/data.pkl</c>, a pickle that
/// describes them, and <c>NAME/data/KEY</c> for each storage. Other files, such as <c>NAME/version</c>, say nothing that is needed here.
/// </summary>
internal static class PthFile
{
    private const int MostDimensions = 16;

    private const string Pickle = "data.pkl";

    /// <summary>Where training code puts the state dict, the one to prefer first. The authors' code reports the averaged weights' accuracy.</summary>
    private static readonly string[] StateDicts = ["state_dict_ema", "state_dict"];

    /// <summary>Reads the state dict of a file, or the whole file where it is one itself.</summary>
    /// <exception cref="FormatException">The file is damaged, hostile, or not of this kind.</exception>
    public static IReadOnlyDictionary<string, StateTensor> Read(byte[] archive)
    {
        var files = StoredZip.Read(archive);
        var pickle = files.Keys.Where(name => name.Split('/') is [_, Pickle]).ToList() is [var single]
            ? single
            : throw new FormatException($"expected one {Pickle} in the zip archive; is it a file of torch.save?");
        var folder = pickle[..^Pickle.Length];
        Require(!files.TryGetValue($"{folder}byteorder", out var order) || order.Span.SequenceEqual("little"u8), "expected little-endian numbers");

        var tensors = TensorsOf(PickleReader.Read(files[pickle]));
        foreach (var (name, tensor) in tensors)
        {
            Check(name, tensor, files, folder);
        }

        // Views may share a storage, and a few bytes can be viewed as any number of elements.
        var bytes = tensors.Values.Sum(tensor => Elements(tensor) * tensor.Storage.Type.Size);
        Require(bytes <= archive.Length, $"its tensors take {bytes} bytes together, more than the file's {archive.Length}: expected tensors that share nothing");
        return tensors.ToDictionary(pair => pair.Key, pair => Materialized(pair.Value, files[FileOf(folder, pair.Value)].Span));
    }

    private static Dictionary<string, PickleTensor> TensorsOf(PickleValue root)
    {
        var whole = root as PickleDictionary ?? throw new FormatException("expected a dictionary in the file");
        var key = StateDicts.FirstOrDefault(whole.Items.ContainsKey);
        var dictionary = key is null ? whole : whole.Items[key] as PickleDictionary;
        var values = dictionary?.Items ?? throw new FormatException($"{key}: expected a dictionary of tensors");
        var tensors = values.Where(pair => pair.Value is PickleTensor).ToDictionary(pair => pair.Key, pair => (PickleTensor)pair.Value);
        return tensors.Count > 0
            ? tensors
            : throw new FormatException($"expected tensors by name, or a dictionary of them under {string.Join(" or ", StateDicts)}, found none");
    }

    private static void Check(string name, PickleTensor tensor, Dictionary<string, ReadOnlyMemory<byte>> files, string folder)
    {
        var (shape, strides, storage) = (tensor.Shape, tensor.Strides, tensor.Storage);
        Require(files.TryGetValue(FileOf(folder, tensor), out var bytes), $"tensor {name.Quoted()}: its storage {storage.Key.Quoted()} is not in the archive");
        Require(
            bytes.Length == (double)storage.Length * storage.Type.Size,
            $"tensor {name.Quoted()}: expected a storage of {storage.Length} {storage.Type.Name}, found {bytes.Length} bytes");
        Require(shape.Count <= MostDimensions, $"tensor {name.Quoted()}: expected at most {MostDimensions} dimensions, found {shape.Count}");
        var last = tensor.Offset + shape.Zip(strides, (length, stride) => (double)(length - 1) * stride).Sum();
        Require(
            shape.Contains(0) || (last < storage.Length && Elements(tensor) <= storage.Length),
            $"tensor {name.Quoted()}: [{string.Join(", ", shape)}] with strides [{string.Join(", ", strides)}] reaches beyond its storage of {storage.Length} elements");
    }

    private static string FileOf(string folder, PickleTensor tensor) => $"{folder}data/{tensor.Storage.Key}";

    /// <summary>As a double, which no shape can overflow.</summary>
    private static double Elements(PickleTensor tensor) => tensor.Shape.Aggregate(1.0, (product, length) => product * length);

    private static StateTensor Materialized(PickleTensor tensor, ReadOnlySpan<byte> bytes) =>
        new(tensor.Storage.Type.Name, tensor.Shape, Values(tensor, bytes));

    private static float[]? Values(PickleTensor tensor, ReadOnlySpan<byte> bytes)
    {
        var (shape, strides, type) = (tensor.Shape, tensor.Strides, tensor.Storage.Type);
        if (type.Name is not ("F32" or "F16" or "BF16"))
        {
            return null;
        }

        var values = new float[(int)Elements(tensor)];
        var index = new long[shape.Count];
        var position = tensor.Offset;
        for (var element = 0; element < values.Length; element++)
        {
            values[element] = Value(bytes[(int)(position * type.Size)..], type);
            for (var axis = shape.Count - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                position -= shape[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return values;
    }

    private static float Value(ReadOnlySpan<byte> bytes, StorageType type) => type.Name switch
    {
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
    };
}
