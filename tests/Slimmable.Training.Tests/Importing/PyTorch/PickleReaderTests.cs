namespace Slimmable.Training.Tests.Importing;

public class PickleReaderTests
{
    [Fact]
    public void Values_are_read_in_all_the_ways_they_are_written()
    {
        byte[] items =
        [
            .. "N"u8, 0x88, 0x89, .. "K"u8, 7, .. "M"u8, 1, 2, .. "J"u8, 0xFE, 0xFF, 0xFF, 0xFF, 0x8A, 1, 0xFD, 0x8A, 0, .. "G"u8, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0,
            .. RawPickle.Text("é"), .. ")"u8, 0x88, 0x85, 0x88, 0x88, 0x86, 0x88, 0x88, 0x88, 0x87,
        ];
        var tuple = Assert.IsType<PickleTuple>(PickleReader.Read(RawPickle.Of([.. "("u8, .. items, .. "t"u8])));

        Assert.Equal([null, true, false, 7L, 513L, -2L, -3L, 0L, 1.5, "é"], tuple.Items.Take(10).Select(item => Assert.IsType<PickleScalar>(item).Value));
        Assert.Equal([0, 1, 2, 3], tuple.Items.Skip(10).Select(item => Assert.IsType<PickleTuple>(item).Items.Count));
    }

    [Fact]
    public void Lists_and_dictionaries_are_filled_one_by_one_and_many_at_once()
    {
        byte[] list = [.. "]"u8, .. RawPickle.Int(1), .. "a("u8, .. RawPickle.Int(2), .. RawPickle.Int(3), .. "e"u8];
        byte[] dictionary = [.. "}"u8, .. RawPickle.Text("list"), .. list, .. "s("u8, .. RawPickle.Int(5), .. RawPickle.None, .. "u"u8];

        var read = Assert.IsType<PickleDictionary>(PickleReader.Read(RawPickle.Of(dictionary)));

        Assert.Equal(["list", "5"], read.Items.Keys);
        Assert.Equal([1L, 2L, 3L], Assert.IsType<PickleList>(read.Items["list"]).Items.Select(item => ((PickleScalar)item).Value));
    }

    [Fact]
    public void What_is_kept_is_used_again()
    {
        byte[] kept = [.. RawPickle.Text("x"), .. RawPickle.Put(9), (byte)'r', 0, 1, 0, 0];
        var tuple = Assert.IsType<PickleTuple>(PickleReader.Read(RawPickle.Of([.. "("u8, .. kept, .. RawPickle.Get(9), (byte)'j', 0, 1, 0, 0, .. "t"u8])));

        Assert.All(tuple.Items, item => Assert.Same(tuple.Items[0], item));
    }

    [Fact]
    public void A_tensor_is_read_with_the_attributes_of_its_dictionary_left_out()
    {
        var storage = RawPickle.Storage("HalfStorage", "17", 24);
        byte[] dictionary = [.. RawPickle.OrderedDictionary(("w", RawPickle.Tensor(storage, 3, [2, 4], [4, 1]))), .. RawPickle.Dictionary(("_metadata", RawPickle.None)), (byte)'b'];

        var tensor = Assert.IsType<PickleTensor>(Assert.IsType<PickleDictionary>(PickleReader.Read(RawPickle.Of(dictionary))).Items["w"]);

        Assert.Equal(new PickleStorage(new StorageType("F16", 2), "17", 24), tensor.Storage);
        Assert.Equal(3, tensor.Offset);
        Assert.Equal([2L, 4L], tensor.Shape);
        Assert.Equal([4L, 1L], tensor.Strides);
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor")]
    [InlineData("argparse", "Namespace")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("collections.OrderedDict", "")]
    [InlineData("torch", "FloatStorage ")]
    public void Other_code_is_refused_by_name_and_not_run(string module, string name) => Refused(
        RawPickle.Of(RawPickle.Call(RawPickle.Global(module, name), RawPickle.Text("touch here"))),
        $"pickle, byte 2: mentions '{module}.{name}', which is neither a tensor nor a dictionary, and was not run; docs/training-at-scale.md shows how to save the state dict alone");

    [Fact]
    public void A_value_that_contains_itself_is_refused()
    {
        byte[][] cycles =
        [
            [.. "]"u8, .. RawPickle.Put(0), .. RawPickle.Get(0), .. "a"u8],
            [.. "}"u8, .. RawPickle.Put(0), .. RawPickle.Text("me"), .. RawPickle.Get(0), .. "s"u8],
            [.. "}"u8, .. RawPickle.Put(0), .. RawPickle.Text("list"), .. RawPickle.List(RawPickle.Tuple(RawPickle.Get(0))), .. "s"u8],
        ];

        Assert.All(cycles, cycle => Refused(RawPickle.Of(cycle), $"pickle, byte {cycle.Length + 2}: holds a value that contains itself"));
    }

    [Fact]
    public void What_is_held_twice_is_no_cycle_and_is_looked_at_once()
    {
        // Each list holds the one before it twice: followed without a memory these are 2^60 values.
        IEnumerable<byte> lists = "]"u8.ToArray();
        for (byte depth = 0; depth < 60; depth++)
        {
            lists = [.. lists, .. RawPickle.Put(depth), .. RawPickle.List(RawPickle.Get(depth), RawPickle.Get(depth))];
        }

        Assert.IsType<PickleTuple>(PickleReader.Read(RawPickle.Of([.. "("u8, .. lists, .. "t"u8])));
    }

    [Fact]
    public void Depth_does_not_use_up_the_stack()
    {
        const int Depth = 400_000;
        var nested = Enumerable.Repeat((byte)']', Depth).Concat(Enumerable.Repeat((byte)'a', Depth - 1));

        Assert.IsType<PickleList>(PickleReader.Read(RawPickle.Of([.. nested])));
    }

    [Fact]
    public void More_values_than_any_checkpoint_has_are_refused() => Refused(
        RawPickle.Of([.. Enumerable.Repeat((byte)'N', 1_000_001)]), "pickle, byte 1000002: expected at most 1000000 values");

    [Fact]
    public void A_length_beyond_the_file_is_refused_before_it_is_allocated()
    {
        byte[] promise = [0x80, 2, (byte)'X', 0xFF, 0xFF, 0xFF, 0xFF, (byte)'.'];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refused(promise, "pickle, byte 2: expected 4294967295 more bytes, found the end after 1");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(new byte[0], "byte 0: expected 1 more bytes, found the end after 0")]
    [InlineData(new byte[] { (byte)'}', (byte)'.' }, "byte 0: expected pickle protocol 2, as torch.save writes it")]
    [InlineData(new byte[] { 0x80, 4, (byte)'}', (byte)'.' }, "byte 0: expected pickle protocol 2, as torch.save writes it")]
    [InlineData(new byte[] { 0x80, 2, (byte)'}' }, "byte 3: expected 1 more bytes, found the end after 0")]
    [InlineData(new byte[] { 0x80, 2, (byte)'.' }, "byte 2: expected a value on the stack, found none")]
    [InlineData(new byte[] { 0x80, 2, (byte)'}', (byte)'}', (byte)'.' }, "byte 4: expected the end of one value to be the end of the pickle")]
    [InlineData(new byte[] { 0x80, 2, (byte)'}', (byte)'.', 0 }, "byte 3: expected the end of one value to be the end of the pickle")]
    [InlineData(new byte[] { 0x80, 2, (byte)'(', (byte)'.' }, "byte 3: expected a value on the stack, found none")]
    [InlineData(new byte[] { 0x80, 2, (byte)'t', (byte)'.' }, "byte 2: expected a mark on the stack, found none")]
    [InlineData(new byte[] { 0x80, 2, 0x86, (byte)'.' }, "byte 2: expected a value on the stack, found none")]
    [InlineData(new byte[] { 0x80, 2, (byte)'h', 3, (byte)'.' }, "byte 2: value 3 is used before it was kept")]
    [InlineData(new byte[] { 0x80, 2, 0x81, (byte)'.' }, "byte 2: instruction 0x81 is none that tensors in dictionaries need")]
    [InlineData(new byte[] { 0x80, 2, (byte)'i', (byte)'.' }, "byte 2: instruction 0x69 is none that tensors in dictionaries need")]
    [InlineData(new byte[] { 0x80, 2, 0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'.' }, "byte 2: expected a number of at most 8 bytes, found 9")]
    [InlineData(new byte[] { 0x80, 2, (byte)'c', (byte)'o', (byte)'s' }, "byte 2: expected a line that ends")]
    [InlineData(new byte[] { 0x80, 2, (byte)'}', (byte)'N', (byte)'a', (byte)'.' }, "byte 4: expected a list to append to")]
    [InlineData(new byte[] { 0x80, 2, (byte)']', (byte)'N', (byte)'N', (byte)'s', (byte)'.' }, "byte 5: expected a dictionary and pairs")]
    [InlineData(new byte[] { 0x80, 2, (byte)'}', (byte)'(', (byte)'N', (byte)'u', (byte)'.' }, "byte 5: expected a dictionary and pairs")]
    [InlineData(new byte[] { 0x80, 2, (byte)'}', (byte)'N', (byte)'N', (byte)'s', (byte)'.' }, "byte 5: expected text or a whole number as a dictionary's key")]
    [InlineData(new byte[] { 0x80, 2, (byte)']', (byte)'N', (byte)'b', (byte)'.' }, "byte 4: expected attributes of a dictionary alone")]
    [InlineData(new byte[] { 0x80, 2, (byte)'N', (byte)')', (byte)'R', (byte)'.' }, "byte 4: calls what is no function")]
    [InlineData(new byte[] { 0x80, 2, (byte)'N', (byte)'Q', (byte)'.' }, "byte 3: names a storage in another way than PyTorch does")]
    public void What_is_wrong_is_said_with_its_place(byte[] pickle, string message) => Refused(pickle, $"pickle, {message}");

    [Fact]
    public void Calls_with_other_arguments_are_refused()
    {
        var storage = RawPickle.Storage("FloatStorage", "0", 4);
        byte[][] calls =
        [
            RawPickle.Call(RawPickle.Global("collections", "OrderedDict"), RawPickle.None),
            [.. RawPickle.Global("collections", "OrderedDict"), .. "NR"u8],
            RawPickle.Call(RawPickle.Global("torch", "FloatStorage"), RawPickle.Int(1L << 60)),
            RawPickle.Call(RawPickle.Global("torch._utils", "_rebuild_parameter"), storage),
            RawPickle.Tensor(storage, 0, [1, 1], [1]),
            RawPickle.Tensor(RawPickle.None, 0, [1], [1]),
        ];

        Assert.All(calls, call => Assert.Contains(
            "with other arguments than PyTorch does", Assert.Throws<FormatException>(() => PickleReader.Read(RawPickle.Of(call))).Message, StringComparison.Ordinal));
        byte[][] negative = [RawPickle.Tensor(storage, 0, [1], [-1]), RawPickle.Tensor(storage, -1, [1], [1]), RawPickle.Storage("FloatStorage", "0", -1)];
        Assert.All(negative, value => Assert.Contains(
            "expected whole numbers from 0 up as lengths, offsets and strides",
            Assert.Throws<FormatException>(() => PickleReader.Read(RawPickle.Of(value))).Message,
            StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => PickleReader.Read(RawPickle.Of([.. RawPickle.Tuple(RawPickle.Text("module")), (byte)'Q'])));
    }

    [Fact]
    public void Keeping_one_value_under_ever_more_keys_fills_no_memory()
    {
        byte[] keys = [.. Enumerable.Range(0, 1_000_001).SelectMany(key => (byte[])[(byte)'r', .. BitConverter.GetBytes(key)])];

        Refused(RawPickle.Of([(byte)'N', .. keys]), $"pickle, byte {3 + (5 * 1_000_000)}: expected at most 1000000 kept values");
    }

    [Fact]
    public void A_name_that_is_set_twice_is_refused() => Refused(
        RawPickle.Of(RawPickle.Dictionary(("w", RawPickle.None), ("w", RawPickle.None))), $"pickle, byte {4 + (2 * 7)}: 'w' is set twice");

    private static void Refused(byte[] pickle, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => PickleReader.Read(pickle)).Message);
}
