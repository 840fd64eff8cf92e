using System.Globalization;
using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>
/// The weights of one ONNX file that lie in another file beside it, as protocol buffers end at 2 GiB. Each starts at a multiple of 64 KiB, so that a reader
/// can map it into memory on any system, and between them are zeros. They are read only when they are written.
/// </summary>
/// <param name="file">The other file's name.</param>
internal sealed class ExternalData(string file)
{
    private const int Alignment = 1 << 16;

    /// <summary>Smaller weights stay in the ONNX file: what shapes depend on is among them, and a start of its own is not worth it.</summary>
    private const int SmallestBytes = 1024;

    private readonly List<(PlainTensor Tensor, long Offset)> tensors = [];
    private long end;

    /// <summary>The file's name.</summary>
    public string File => file;

    /// <summary>A place for the weights of networks that share an ONNX file; null where they are few enough to lie in that file itself.</summary>
    /// <param name="file">The other file's name.</param>
    /// <param name="networks">The networks.</param>
    /// <param name="mostInline">How many bytes of weights are few enough.</param>
    public static ExternalData? For(string file, IEnumerable<PlainNetwork> networks, long mostInline) =>
        networks.SelectMany(network => network.Nodes).SelectMany(node => node.Tensors).Sum(tensor => tensor.Bytes) > mostInline ? new(file) : null;

    /// <summary>Gives a weight its place, where it is large enough, and describes it.</summary>
    public TensorProto Place(PlainTensor tensor)
    {
        if (tensor.Bytes < SmallestBytes)
        {
            return OnnxParts.Tensor(tensor);
        }

        var offset = (end + Alignment - 1) / Alignment * Alignment;
        tensors.Add((tensor, offset));
        end = offset + tensor.Bytes;
        var proto = OnnxParts.Header(tensor);
        proto.DataLocation = TensorProto.Types.DataLocation.External;
        proto.ExternalData.Add(Entry("location", file));
        proto.ExternalData.Add(Entry("offset", offset.ToString(CultureInfo.InvariantCulture)));
        proto.ExternalData.Add(Entry("length", tensor.Bytes.ToString(CultureInfo.InvariantCulture)));
        return proto;
    }

    /// <summary>Writes the file.</summary>
    public void WriteTo(Stream stream)
    {
        var position = 0L;
        foreach (var (tensor, offset) in tensors)
        {
            stream.Write(new byte[offset - position]);
            tensor.WriteTo(stream);
            position = offset + tensor.Bytes;
        }
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
