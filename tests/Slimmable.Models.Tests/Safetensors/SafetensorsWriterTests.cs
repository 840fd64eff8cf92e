using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Models.Tests;

public sealed class SafetensorsWriterTests : IDisposable
{
    private static readonly Gen<string> Text =
        from runes in Gen.Frequency((4, Gen.Choose(0, 0x7F)), (1, Gen.Choose(0xA0, 0xD7FF)), (1, Gen.Choose(0xE000, 0x10FFFF))).ListOf()
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    private static readonly Gen<TensorData> Tensors =
        from name in Text
        from type in Gen.Elements(Enum.GetValues<TensorType>())
        from rank in Gen.Choose(0, 4)
        from shape in Gen.Choose(0, 4).Select(length => (long)length).ListOf(rank)
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf((int)shape.Aggregate(1L, (product, length) => product * length) * type.Size())
        select new TensorData(name, type, [.. shape], bytes);

    private static readonly Gen<(List<TensorData> Tensors, Dictionary<string, string> Metadata)> Files =
        from tensors in Tensors.ListOf()
        from metadata in Gen.Zip(Text, Text).ListOf()
        select (
            tensors.DistinctBy(tensor => tensor.Name).ToList(),
            metadata.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read() => Prop.ForAll(Files.ToArbitrary(), content =>
    {
        SafetensorsWriter.Write(folder.File("a.safetensors"), content.Tensors, content.Metadata);

        using var file = SafetensorsFile.Open(folder.File("a.safetensors"));
        Assert.Equal(content.Metadata, file.Metadata);
        Assert.Equal(content.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(content.Tensors, tensor =>
        {
            Assert.Equal(tensor.Type, file.Entry(tensor.Name).Type);
            Assert.Equal(tensor.Shape, file.Entry(tensor.Name).Shape);
            Assert.Equal(tensor.Bytes.ToArray(), file.Bytes(tensor.Name).ToArray());
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void The_same_content_in_any_order_gives_the_same_bytes() => Prop.ForAll(Files.ToArbitrary(), content =>
    {
        var reversed = content.Metadata.Reverse().ToDictionary(pair => pair.Key, pair => pair.Value);
        SafetensorsWriter.Write(folder.File("a.safetensors"), content.Tensors, content.Metadata);
        SafetensorsWriter.Write(folder.File("b.safetensors"), content.Tensors.AsEnumerable().Reverse(), reversed);

        Assert.Equal(File.ReadAllBytes(folder.File("a.safetensors")), File.ReadAllBytes(folder.File("b.safetensors")));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Data_begins_at_a_multiple_of_8_and_every_tensor_at_one_of_its_element() => Prop.ForAll(Files.ToArbitrary(), content =>
    {
        SafetensorsWriter.Write(folder.File("a.safetensors"), content.Tensors, content.Metadata);

        using var file = SafetensorsFile.Open(folder.File("a.safetensors"));
        Assert.Equal(0, BitConverter.ToInt64(File.ReadAllBytes(file.Path)) % 8);
        Assert.All(file.Tensors.Values, entry => Assert.Equal(0, entry.Offset % entry.Type!.Value.Size()));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        const string Header =
            """{"__metadata__":{"a":"1","b":"é\"\n"},"i":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"u":{"dtype":"U8","shape":[1],"data_offsets":[16,17]}}""";
        var padding = new string(' ', -Encoding.UTF8.GetByteCount(Header) & 7);
        byte[] data = [.. BitConverter.GetBytes(-2L), .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-0f), 9];

        SafetensorsWriter.Write(
            folder.File("a.safetensors"),
            [TensorData.Of("u", new byte[] { 9 }, 1), TensorData.Of("f", [1.5f, -0f], 1, 2), TensorData.Of("i", new long[] { -2 })],
            new Dictionary<string, string> { ["b"] = "é\"\n", ["a"] = "1" });

        Assert.Equal(RawSafetensors.Of(Header + padding, data), File.ReadAllBytes(folder.File("a.safetensors")));
    }

    [Fact]
    public void Nothing_at_all_is_a_file()
    {
        SafetensorsWriter.Write(folder.File("a.safetensors"), []);

        Assert.Equal(RawSafetensors.Of("{}      "), File.ReadAllBytes(folder.File("a.safetensors")));
    }

    public static TheoryData<string> Misfits => [.. MisfitCases.Keys];

    private static readonly Dictionary<string, (TensorData[] Tensors, string Message)> MisfitCases = new()
    {
        ["a name twice"] = (
            [TensorData.Of("x", new byte[1], 1), TensorData.Of("x", [1f], 1)],
            "tensor 'x': the name is used twice"),
        ["the name of the metadata"] = (
            [TensorData.Of("__metadata__", new byte[1], 1)], "tensor '__metadata__': the name is kept for the metadata"),
        ["too few bytes"] = (
            [TensorData.Of("x", [1f, 2f], 3)], "tensor 'x': its shape [3] of F32 takes 12 bytes, found 8"),
        ["negative lengths whose product fits"] = (
            [new TensorData("x", TensorType.U8, [-2, -2], new byte[4])], "tensor 'x': expected at most 16 lengths from 0 up, found [-2, -2]"),
        ["more dimensions than are read"] = (
            [new TensorData("x", TensorType.U8, [.. Enumerable.Repeat(1L, 17)], new byte[1])],
            "tensor 'x': expected at most 16 lengths from 0 up, found [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"),
        ["a shape that overflows"] = (
            [new TensorData("x", TensorType.U8, [1L << 32, 1L << 32], default)],
            "tensor 'x': its shape [4294967296, 4294967296] of U8 is more than a file can hold"),
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void What_could_not_be_read_again_is_not_written(string name)
    {
        var (tensors, message) = MisfitCases[name];

        var fault = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("a.safetensors"), tensors));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Types_are_found_by_their_names()
    {
        Assert.All(Enum.GetValues<TensorType>(), type => Assert.Equal(type, TensorTypes.Parse(type.ToString())));
        Assert.Equal([4, 2, 2, 8, 1], Enum.GetValues<TensorType>().Select(type => type.Size()));
        Assert.Null(TensorTypes.Parse("F64"));
        Assert.Null(TensorTypes.Parse("f32"));
        Assert.Null(TensorTypes.Parse(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((TensorType)9).Size());
    }
}
