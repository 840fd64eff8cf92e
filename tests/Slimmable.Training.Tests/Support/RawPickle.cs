using System.Buffers.Binary;
using System.Text;

namespace Slimmable.Training.Tests;

/// <summary>Puts pickles of protocol 2 together by hand, right or wrong, without Python.</summary>
internal static class RawPickle
{
    public static byte[] None => "N"u8.ToArray();

    /// <summary>A whole pickle of one value.</summary>
    public static byte[] Of(params byte[] value) => [0x80, 2, .. value, (byte)'.'];

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. Little(bytes.Length)[..4], .. bytes];
    }

    public static byte[] Int(long value) => [0x8A, 8, .. Little(value)];

    public static byte[] Tuple(params IEnumerable<byte[]> items) => [(byte)'(', .. items.SelectMany(item => item), (byte)'t'];

    public static byte[] List(params IEnumerable<byte[]> items) => [(byte)']', (byte)'(', .. items.SelectMany(item => item), (byte)'e'];

    public static byte[] Dictionary(params IEnumerable<(string Key, byte[] Value)> items) => Filled("}"u8.ToArray(), items);

    public static byte[] OrderedDictionary(params IEnumerable<(string Key, byte[] Value)> items) => Filled(Call(Global("collections", "OrderedDict")), items);

    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")];

    public static byte[] Call(byte[] function, params IEnumerable<byte[]> arguments) => [.. function, .. Tuple(arguments), (byte)'R'];

    /// <summary>Keeps the last value under a number.</summary>
    public static byte[] Put(byte key) => [(byte)'q', key];

    public static byte[] Get(byte key) => [(byte)'h', key];

    public static byte[] Storage(string type, string key, long length) =>
        [.. Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Int(length)), (byte)'Q'];

    public static byte[] Tensor(byte[] storage, long offset, long[] shape, long[] strides) => Call(
        Global("torch._utils", "_rebuild_tensor_v2"), storage, Int(offset), Tuple(shape.Select(Int)), Tuple(strides.Select(Int)), [0x89], OrderedDictionary());

    private static byte[] Filled(byte[] dictionary, IEnumerable<(string Key, byte[] Value)> items) =>
        [.. dictionary, (byte)'(', .. items.SelectMany(item => Text(item.Key).Concat(item.Value)), (byte)'u'];

    private static byte[] Little(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
