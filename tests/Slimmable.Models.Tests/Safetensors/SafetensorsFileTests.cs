namespace Slimmable.Models.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_written_by_hand_is_read()
    {
        using var file = Open(RawSafetensors.Of(
            """{"__metadata__":{"who":"é\n"},"b":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[3,11]}}    """,
            [7, 8, 9, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f)]));

        Assert.Equal(new Dictionary<string, string> { ["who"] = "é\n" }, file.Metadata);
        Assert.Equal(["a", "b"], file.Tensors.Keys.Order());
        Assert.Equal([7, 8, 9], file.Bytes("b").ToArray());
        Assert.Equal([1.5f, -2f], file.Singles("a"));
        Assert.Equal([1, 2], file.Entry("a").Shape);
        Assert.Equal("[1, 2]", file.Entry("a").ShapeText);
        Assert.Equal((TensorType.F32, "F32", 8), (file.Entry("a").Type, file.Entry("a").TypeName, file.Entry("a").Length));
    }

    [Fact]
    public void Half_and_brain_floats_are_widened()
    {
        using var file = Open(RawSafetensors.Of(
            """{"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[8,16]}}""",
            0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0x00, 0x7C,
            0x80, 0x3F, 0x00, 0xC0, 0x01, 0x00, 0x80, 0x7F));

        Assert.Equal([1f, -2f, MathF.Pow(2, -24), float.PositiveInfinity], file.Singles("h"));
        Assert.Equal([1f, -2f, BitConverter.UInt32BitsToSingle(0x0001_0000), float.PositiveInfinity], file.Singles("b"));
    }

    [Fact]
    public void Integers_need_not_be_aligned()
    {
        using var file = Open(RawSafetensors.Of(
            """{"u":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"i":{"dtype":"I64","shape":[2],"data_offsets":[1,17]}}""",
            [1, .. BitConverter.GetBytes(long.MinValue), .. BitConverter.GetBytes(42L)]));

        Assert.Equal([long.MinValue, 42], file.Int64s("i"));
    }

    [Fact]
    public void A_file_without_tensors_is_a_file()
    {
        using var file = Open(RawSafetensors.Of("{}"));

        Assert.Empty(file.Tensors);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void A_tensor_without_elements_shares_its_place()
    {
        using var file = Open(RawSafetensors.Of(
            """{"full":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"none":{"dtype":"F32","shape":[2,0],"data_offsets":[0,0]},"last":{"dtype":"I64","shape":[0],"data_offsets":[1,1]}}""",
            5));

        Assert.Equal([5], file.Bytes("full").ToArray());
        Assert.Empty(file.Singles("none"));
        Assert.Empty(file.Int64s("last"));
    }

    [Fact]
    public void A_tensor_of_another_type_does_not_spoil_the_file()
    {
        using var file = Open(RawSafetensors.Of(
            """{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"i":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""", new byte[16]));

        Assert.Null(file.Entry("d").Type);
        Assert.Equal([0], file.Int64s("i"));
        Assert.Equal(8, file.Bytes("d").Length);
        Assert.Equal(
            $"{file.Path}: tensor 'd': expected F32, F16 or BF16, found F64", Assert.Throws<InvalidFileException>(() => file.Singles("d")).Message);
        Assert.Equal(
            $"{file.Path}: tensor 'i': expected F32, F16 or BF16, found I64", Assert.Throws<InvalidFileException>(() => file.Singles("i")).Message);
        Assert.Equal($"{file.Path}: tensor 'd': expected I64, found F64", Assert.Throws<InvalidFileException>(() => file.Int64s("d")).Message);
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_named()
    {
        using var file = Open(RawSafetensors.Of("{}"));
        var expected = $"{file.Path}: tensor 'x': expected, found none";

        Assert.Equal(expected, Assert.Throws<InvalidFileException>(() => file.Entry("x")).Message);
        Assert.Equal(expected, Assert.Throws<InvalidFileException>(() => file.Singles("x")).Message);
        Assert.Equal(expected, Assert.Throws<InvalidFileException>(() => file.Int64s("x")).Message);
        Assert.Equal(expected, Assert.Throws<InvalidFileException>(() => { file.Bytes("x"); }).Message);
    }

    [Fact]
    public void After_disposal_nothing_is_read()
    {
        var file = Open(RawSafetensors.Of("""{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1));

        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => { file.Bytes("x"); });
    }

    [Fact]
    public void A_refused_file_is_not_kept_open()
    {
        var path = folder.Write("a.safetensors", RawSafetensors.Of("[]"));
        Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));

        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.True(exclusive.CanWrite);
    }

    [Fact]
    public void What_is_no_file_is_an_error_that_names_it()
    {
        AssertUnreadable(folder.File("missing.safetensors"));
        AssertUnreadable(folder.File("missing/missing.safetensors"));
        AssertUnreadable(folder.Path);
        if (OperatingSystem.IsLinux())
        {
            AssertUnreadable("/dev/null");
        }
    }

    [Fact]
    public void The_reference_implementations_file_is_read()
    {
        using var file = SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "golden", "ds-net-mini", "golden.safetensors"));

        Assert.Equal(["gate_logits", "input", "logits.0", "logits.1", "logits.2", "logits.3", "logits.largest"], file.Tensors.Keys.Order());
        Assert.Equal([4, 3, 64, 64], file.Entry("input").Shape);
        Assert.Equal([0.5024533f, -0.16891985f, 0.26982063f, 0.4067378f], file.Singles("gate_logits")[..4]);
        Assert.Equal(0.18167531f, file.Singles("logits.largest")[^1]);
    }

    private static void AssertUnreadable(string path) => Assert.StartsWith(
        $"{path}: ", Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);

    private SafetensorsFile Open(byte[] file) => SafetensorsFile.Open(folder.Write("a.safetensors", file));
}
