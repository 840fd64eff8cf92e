using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class HostileModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_or_found_faulty()
    {
        var good = GoodModel();
        for (var length = 0; length < good.Length; length++)
        {
            Assert.True(IsRefused(good.AsSpan(0, length)), $"cut at {length} of {good.Length}");
        }
    }

    [Fact]
    public void A_file_with_bytes_changed_never_crashes_the_checker()
    {
        var good = GoodModel();
        var changes = (from position in Gen.Choose(0, good.Length - 1) from value in Gen.Choose(0, 255) select (position, value)).NonEmptyListOf();
        Prop.ForAll(changes.ToArbitrary(), list =>
        {
            var bytes = good.ToArray();
            foreach (var (position, value) in list)
            {
                bytes[position] = (byte)value;
            }

            IsRefused(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Garbage_never_crashes_the_checker() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsRefused(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Messages_nested_without_end_are_refused()
    {
        var model = new ModelProto { Graph = new GraphProto() };
        for (var (depth, graph) = (0, model.Graph); depth < 500; depth++)
        {
            var next = new GraphProto();
            graph.Node.Add(new NodeProto { Attribute = { new AttributeProto { G = next } } });
            graph = next;
        }

        Assert.Throws<InvalidFileException>(() => ModelChecker.Check(Save(model.ToByteArray())));
    }

    /// <summary>Google.Protobuf copies the earlier pieces at each further one: a few megabytes would take hours.</summary>
    [Fact]
    public void A_message_that_stands_once_is_not_taken_in_pieces()
    {
        byte[] type = [0x12, 0x06, 0x0A, 0x04, 0x12, 0x02, 0x0A, 0x00];
        byte[] value = [.. Enumerable.Repeat(type, 10_000).SelectMany(bytes => bytes)];
        byte[] input = [0x5A, .. Varint(value.Length), .. value];
        byte[] graph = [0x3A, .. Varint(input.Length), .. input];

        var fault = Assert.Throws<InvalidFileException>(() => ModelChecker.Check(Save(graph)));

        Assert.Equal("expected an ONNX model, found: at byte 17, a second 'type' of one ValueInfoProto", fault.Reason);
    }

    /// <summary>Two nodes' branches within each other are 13 messages; 8 graphs in graphs is what is read.</summary>
    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Graphs_in_graphs_are_read_as_deep_as_any_model_needs(int graphs, bool isRead)
    {
        var innermost = new GraphProto { Input = { new ValueInfoProto { Type = new TypeProto { TensorType = new() { Shape = new() { Dim = { new TensorShapeProto.Types.Dimension() } } } } } } };
        for (var depth = 0; depth < graphs; depth++)
        {
            innermost = new GraphProto { Node = { new NodeProto { Attribute = { new AttributeProto { G = innermost } } } } };
        }

        var path = Save(new ModelProto { Graph = innermost }.ToByteArray());

        if (isRead)
        {
            Assert.Equal(innermost, ModelFile.Read(path).Graph);
        }
        else
        {
            Assert.Contains("messages nested more than 32 deep", Assert.Throws<InvalidFileException>(() => ModelFile.Read(path)).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_of_small_numbers_that_would_take_much_memory_is_refused_unread()
    {
        var model = new ModelProto { Graph = new GraphProto { Initializer = { new TensorProto { Int64Data = { new long[4 << 20] } } } } };
        var path = Save(model.ToByteArray());
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Assert.Throws<InvalidFileException>(() => ModelChecker.Check(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("more messages, names and numbers than 83886", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_megabytes_is_refused_and_a_free_text_is_not()
    {
        var text = new string('x', 1 << 20);
        var path = Save(new ModelProto { Graph = new GraphProto { Name = text } }.ToByteArray());

        Assert.Equal(
            "expected an ONNX model, found: at byte 8, 1048576 bytes in 'name', of which 4096 are allowed",
            Assert.Throws<InvalidFileException>(() => ModelFile.Read(path)).Reason);
        Assert.Equal(text, ModelFile.Read(Save(new ModelProto { DocString = text }.ToByteArray())).DocString);
    }

    [Fact]
    public void A_length_beyond_the_file_is_refused_before_it_is_allocated()
    {
        byte[] promise = [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x2A, 0xF0, 0xFF, 0xFF, 0xFF, 0x07, 0x4A, 0xE0, 0xFF, 0xFF, 0xFF, 0x07, 0x00];
        var path = Save(promise);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidFileException>(() => ModelChecker.Check(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("missing.onnx")]
    [InlineData(".")]
    public void What_is_not_a_file_is_refused(string name) => Assert.Throws<InvalidFileException>(() => ModelChecker.Check(folder.File(name)));

    [Fact]
    public void An_empty_file_is_refused()
    {
        var fault = Assert.Throws<InvalidFileException>(() => ModelChecker.Check(Save([])));
        Assert.Equal("expected content, found an empty file, a pipe or a device", fault.Reason);
    }

    /// <summary>A small one, so that every byte of it can be tried.</summary>
    private static byte[] GoodModel()
    {
        var network = PlainNetworks.Of([PlainNetworks.Conv("conv", "x", bias: true), PlainNetworks.Relu("relu", "conv")], "relu");
        return OnnxModel.Of(OnnxLowering.Lower(network), "test", "1").ToByteArray();
    }

    /// <summary>A length of up to 2 million, in three bytes.</summary>
    private static byte[] Varint(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];

    private bool IsRefused(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ModelChecker.Check(Save(bytes)).Count > 0;
        }
        catch (InvalidFileException)
        {
            return true;
        }
    }

    private string Save(ReadOnlySpan<byte> bytes)
    {
        var path = folder.File("model.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
