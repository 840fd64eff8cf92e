using System.Runtime.InteropServices;

namespace Slimmable.Training.Tests.Importing;

public class PthFileTests
{
    private static readonly float[] Numbers = [0, 1, 2, 3, 4, 5];

    private static readonly (string Key, byte[] Storage) Floats = ("0", MemoryMarshal.AsBytes(Numbers).ToArray());

    private static byte[] FloatStorage => RawPickle.Storage("FloatStorage", "0", 6);

    [Theory]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 3, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 3, 1 }, new float[] { 1, 2, 4, 5 })]
    [InlineData(5, new long[0], new long[0], new float[] { 5 })]
    [InlineData(4, new long[] { 1, 2 }, new long[] { long.MaxValue, 1 }, new float[] { 4, 5 })]
    [InlineData(0, new long[] { 2, 0 }, new long[] { 1, 1 }, new float[0])]
    [InlineData(3, new long[] { 3 }, new long[] { 0 }, new float[] { 3, 3, 3 })]
    public void Views_are_read_row_by_row(long offset, long[] shape, long[] strides, float[] expected)
    {
        var tensor = Read(RawPickle.Dictionary(("w", RawPickle.Tensor(FloatStorage, offset, shape, strides))), Floats)["w"];

        Assert.Equal("F32", tensor.Type);
        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(expected, tensor.Values);
    }

    [Theory]
    [InlineData("HalfStorage", new byte[] { 0x00, 0xC0, 0x00, 0x3E }, "F16", new float[] { -2, 1.5f })]
    [InlineData("BFloat16Storage", new byte[] { 0x00, 0xC0, 0xC0, 0x3F }, "BF16", new float[] { -2, 1.5f })]
    [InlineData("ShortStorage", new byte[] { 1, 0, 2, 0 }, "I16", null)]
    [InlineData("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "F64", null)]
    public void Element_types_are_told_apart(string storage, byte[] bytes, string type, float[]? expected)
    {
        var tensor = Read(RawPickle.Dictionary(("w", RawPickle.Tensor(RawPickle.Storage(storage, "0", 2), 0, [2], [1]))), ("0", bytes))["w"];

        Assert.Equal(type, tensor.Type);
        Assert.Equal(expected, tensor.Values);
    }

    [Fact]
    public void The_averaged_weights_come_first_and_the_file_itself_last()
    {
        byte[] Scalar(long offset) => RawPickle.Tensor(FloatStorage, offset, [], []);
        var weights = ("state_dict", RawPickle.OrderedDictionary(("w", Scalar(1))));
        var average = ("state_dict_ema", RawPickle.OrderedDictionary(("w", Scalar(2))));
        var epoch = ("epoch", RawPickle.Int(7));

        Assert.Equal([2], Read(RawPickle.Dictionary(epoch, weights, average), Floats)["w"].Values!);
        Assert.Equal([1], Read(RawPickle.Dictionary(epoch, weights), Floats)["w"].Values!);
        Assert.Equal([3], Read(RawPickle.Dictionary(epoch, ("w", Scalar(3))), Floats)["w"].Values!);
    }

    [Fact]
    public void A_parameter_is_its_tensor()
    {
        var parameter = RawPickle.Call(
            RawPickle.Global("torch._utils", "_rebuild_parameter"), RawPickle.Tensor(FloatStorage, 0, [6], [1]), [0x88], RawPickle.OrderedDictionary());

        Assert.Equal(Numbers, Read(RawPickle.Dictionary(("w", parameter)), Floats)["w"].Values);
    }

    [Theory]
    [InlineData(0, new long[] { 7 }, new long[] { 1 })]
    [InlineData(1, new long[] { 6 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 4, 1 })]
    [InlineData(6, new long[] { 1 }, new long[] { 1 })]
    [InlineData(0, new long[] { 4, 2 }, new long[] { 1, 1 })]
    [InlineData(0, new long[] { long.MaxValue }, new long[] { 0 })]
    [InlineData(0, new long[] { 1L << 32, 1L << 32 }, new long[] { 1L << 32, 1 })]
    [InlineData(0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue })]
    public void A_view_that_reaches_beyond_its_storage_is_refused(long offset, long[] shape, long[] strides) => Refused(
        RawZip.Checkpoint(RawPickle.Of(RawPickle.Dictionary(("w", RawPickle.Tensor(FloatStorage, offset, shape, strides)))), Floats),
        $"tensor 'w': [{string.Join(", ", shape)}] with strides [{string.Join(", ", strides)}] reaches beyond its storage of 6 elements");

    [Fact]
    public void What_does_not_fit_the_archive_is_refused()
    {
        byte[] View(byte[] storage) => RawPickle.Of(RawPickle.Dictionary(("w", RawPickle.Tensor(storage, 0, [1], [1]))));

        Refused(RawZip.Checkpoint(View(RawPickle.Storage("FloatStorage", "1", 6)), Floats), "tensor 'w': its storage '1' is not in the archive");
        Refused(RawZip.Checkpoint(View(RawPickle.Storage("FloatStorage", "../data.pkl", 6)), Floats), "tensor 'w': its storage '../data.pkl' is not in the archive");
        Refused(RawZip.Checkpoint(View(RawPickle.Storage("FloatStorage", "0", 7)), Floats), "tensor 'w': expected a storage of 7 F32, found 24 bytes");
        Refused(RawZip.Checkpoint(View(RawPickle.Storage("DoubleStorage", "0", 1L << 62)), Floats), $"tensor 'w': expected a storage of {1L << 62} F64, found 24 bytes");
        Refused(
            RawZip.Checkpoint(RawPickle.Of(RawPickle.Dictionary(("w", RawPickle.Tensor(FloatStorage, 0, new long[17], new long[17])))), Floats),
            "tensor 'w': expected at most 16 dimensions, found 17");
    }

    [Fact]
    public void Tensors_that_take_more_than_the_file_together_are_refused()
    {
        const int Length = 100_000;
        var storage = RawPickle.Storage("FloatStorage", "0", Length);
        var views = Enumerable.Range(0, 1000).Select(index => ($"w{index}", RawPickle.Tensor(storage, 0, [Length], [1])));
        var file = RawZip.Checkpoint(RawPickle.Of(RawPickle.Dictionary(views)), ("0", new byte[4 * Length]));

        Refused(file, $"its tensors take 400000000 bytes together, more than the file's {file.Length}: expected tensors that share nothing");
    }

    [Fact]
    public void What_is_no_checkpoint_is_refused()
    {
        Refused(RawZip.Of(("archive/model.json", [1])), "expected one data.pkl in the zip archive; is it a file of torch.save?");
        Refused(RawZip.Of(("a/data.pkl", [1]), ("b/data.pkl", [1])), "expected one data.pkl in the zip archive; is it a file of torch.save?");
        Refused(RawZip.Of(("a/data.pkl", RawPickle.Of(RawPickle.None)), ("a/byteorder", "big"u8.ToArray())), "expected little-endian numbers");
        Refused(RawZip.Checkpoint(RawPickle.Of(RawPickle.None)), "expected a dictionary in the file");
        Refused(RawZip.Checkpoint(RawPickle.Of(RawPickle.Dictionary(("state_dict", RawPickle.None)))), "state_dict: expected a dictionary of tensors");
        Refused(
            RawZip.Checkpoint(RawPickle.Of(RawPickle.Dictionary(("model", RawPickle.Dictionary())))),
            "expected tensors by name, or a dictionary of them under state_dict_ema or state_dict, found none");
    }

    private static IReadOnlyDictionary<string, StateTensor> Read(byte[] value, params IReadOnlyList<(string Key, byte[] Storage)> storages) =>
        PthFile.Read(RawZip.Checkpoint(RawPickle.Of(value), storages));

    private static void Refused(byte[] file, string message) => Assert.Equal(message, Assert.Throws<FormatException>(() => PthFile.Read(file)).Message);
}
