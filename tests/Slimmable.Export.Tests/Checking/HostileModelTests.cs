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
