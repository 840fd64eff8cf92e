namespace Slimmable.Models.Tests;

/// <summary>Headers that lie. Each is refused by one line that names the file and, where there is one, the tensor.</summary>
public sealed class SafetensorsHeaderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "expected a header that starts with '{'")]
    [InlineData("[]", "expected a header that starts with '{'")]
    [InlineData(" {}", "expected a header that starts with '{'")]
    [InlineData("""{"__metadata__":7}""", "expected an object in __metadata__, found Number")]
    [InlineData("""{"__metadata__":{"a":7}}""", "metadata 'a': expected text, found Number")]
    [InlineData("""{"x":7}""", "tensor 'x': expected an object, found Number")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4]}}""", "tensor 'x': expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"U8","data_offsets":[0,4]}}""", "tensor 'x': expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"shape":[4],"data_offsets":[0,4]}}""", "tensor 'x': expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":7,"shape":[4],"data_offsets":[0,4]}}""", "tensor 'x': expected dtype, shape and data_offsets")]
    [InlineData("""{"x":{"dtype":"U8","shape":4,"data_offsets":[0,4]}}""", "tensor 'x': expected a list of at most 16 numbers in shape")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", "tensor 'x': expected 2 offsets, found 1")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}""", "tensor 'x': expected a list of at most 2 numbers in data_offsets")]
    [InlineData("""{"x":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "tensor 'x': expected whole numbers from 0 up in shape, found -4")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}}""", "tensor 'x': expected whole numbers from 0 up in shape, found 4.0")]
    [InlineData("""{"x":{"dtype":"U8","shape":["4"],"data_offsets":[0,4]}}""", "tensor 'x': expected whole numbers from 0 up in shape, found \"4\"")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[-4,0]}}""", "tensor 'x': expected whole numbers from 0 up in data_offsets, found -4")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,9223372036854775808]}}""",
        "tensor 'x': expected whole numbers from 0 up in data_offsets, found 9223372036854775808")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", "tensor 'x': its offsets [4, 0] run backwards")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}""", "tensor 'x': its offset 5 lies beyond the 4 data bytes of the file")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,9223372036854775807]}}""",
        "tensor 'x': its offset 9223372036854775807 lies beyond the 4 data bytes of the file")]
    [InlineData("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,4]}}""", "tensor 'x': its shape [3] of U8 takes 3 bytes, found 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,4]}}""", "tensor 'x': its shape [4] of F32 takes 16 bytes, found 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[],"data_offsets":[0,0]}}""", "tensor 'x': its shape [] of F32 takes 4 bytes, found 0")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""",
        "tensor 'x': its shape [4294967296, 4294967296] of U8 is more than a file can hold")]
    [InlineData(
        """{"x":{"dtype":"I64","shape":[9223372036854775807],"data_offsets":[0,0]}}""",
        "tensor 'x': its shape [9223372036854775807] of I64 is more than a file can hold")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""",
        "tensor 'y': starts at data byte 1, expected 2 (it overlaps another)")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"y":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""",
        "tensor 'y': starts at data byte 0, expected 4 (it overlaps another)")]
    [InlineData(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""",
        "tensor 'y': starts at data byte 2, expected 1 (there is a gap)")]
    [InlineData("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "tensor 'x': starts at data byte 1, expected 0 (there is a gap)")]
    public void A_rule_that_is_broken_is_named(string header, string reason) => AssertRefused(RawSafetensors.Of(header, 1, 2, 3, 4), reason);

    [Theory]
    [InlineData("{", "expected a JSON header, found: ")]
    [InlineData("{}x", "expected a JSON header, found: ")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "expected a JSON header, found: ")]
    [InlineData("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\u0078":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "expected a JSON header, found: ")]
    [InlineData("""{"x":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "expected a JSON header, found: ")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "expected a JSON header, found: ")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "expected a JSON header, found: ")]
    [InlineData("""{"x":{"dtype":"\udc00","shape":[4],"data_offsets":[0,4]}}""", "expected a JSON header, found: ")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", "expected a JSON header, found: ")]
    public void What_is_not_JSON_is_refused(string header, string reason) =>
        AssertRefused(RawSafetensors.Of(header, 1, 2, 3, 4), reason, isWhole: false);

    [Fact]
    public void Names_that_are_not_UTF8_are_refused() => AssertRefused(
        RawSafetensors.Of([.. "{\""u8, 0xFF, .. "\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}"u8], 1),
        "expected a JSON header, found: ",
        isWhole: false);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));

        AssertRefused(RawSafetensors.Of($$"""{"x":{{deep}}"""), "expected a JSON header, found: ", isWhole: false);
    }

    [Fact]
    public void Seventeen_dimensions_are_refused()
    {
        var shape = string.Join(",", Enumerable.Repeat("1", 17));

        AssertRefused(
            RawSafetensors.Of($$$"""{"x":{"dtype":"U8","shape":[{{{shape}}}],"data_offsets":[0,1]}}""", 1),
            "tensor 'x': expected a list of at most 16 numbers in shape");
    }

    [Fact]
    public void A_name_cannot_break_the_line_or_command_the_terminal()
    {
        var fault = Refuse(RawSafetensors.Of("""{"a\nb\u001b[2J":7}"""));

        Assert.Equal($"{fault.Path}: tensor 'a b [2J': expected an object, found Number", fault.Message);
    }

    [Fact]
    public void Bytes_behind_the_last_tensor_are_refused() => AssertRefused(
        RawSafetensors.Of("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 1, 2, 3, 4), "expected 64 bytes, found 65");

    [Theory]
    [InlineData(9, 8)]
    [InlineData(1L << 31, 8)]
    [InlineData(long.MaxValue, 8)]
    [InlineData(long.MinValue, 8)]
    [InlineData(-1, 8)]
    public void A_header_longer_than_the_file_is_refused(long claimed, int room) => AssertRefused(
        RawSafetensors.OfLength((ulong)claimed, new byte[room]), $"expected a header of at most {room} bytes, found a length of {(ulong)claimed}");

    [Fact]
    public void A_header_longer_than_any_is_refused_even_where_the_file_has_room_for_it()
    {
        var path = folder.Write("hostile.safetensors", RawSafetensors.OfLength(100_000_001));
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(2_000_000_000);
        }

        var fault = Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));

        Assert.Equal($"{path}: expected a header of at most 100000000 bytes, found a length of 100000001", fault.Message);
    }

    /// <summary>It would be parsed into many times its length.</summary>
    [Fact]
    public void A_header_that_is_most_of_a_large_file_is_refused()
    {
        var file = RawSafetensors.Of($"{{}}{new string(' ', (3 << 20) - 2)}");

        AssertRefused(file, $"expected a header of at most {(1 << 20) + (file.Length / 16)} bytes, found a length of {3 << 20}");
    }

    [Fact]
    public void A_name_of_megabytes_is_cut_in_the_message()
    {
        var fault = Refuse(RawSafetensors.Of($$"""{"{{new string('a', 1 << 19)}}":7}"""));

        Assert.Equal($"tensor '{new string('a', 128)}...': expected an object, found Number", fault.Reason);
    }

    [Fact]
    public void A_claim_of_2_GiB_costs_next_to_nothing()
    {
        var path = folder.Write("hostile.safetensors", RawSafetensors.OfLength(1UL << 31, 1, 2, 3));
        Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void A_shape_of_2_GiB_costs_next_to_nothing()
    {
        var path = folder.Write(
            "hostile.safetensors", RawSafetensors.Of("""{"x":{"dtype":"U8","shape":[2147483648],"data_offsets":[0,2147483648]}}"""));
        Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        var whole = RawSafetensors.Of(
            """{"__metadata__":{"k":"v"},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""",
            1, 2, 3, 4);
        using (SafetensorsFile.Open(folder.Write("whole.safetensors", whole)))
        {
        }

        for (var length = 0; length < whole.Length; length++)
        {
            Refuse(whole[..length]);
        }
    }

    private void AssertRefused(byte[] file, string reason, bool isWhole = true)
    {
        var fault = Refuse(file);
        if (isWhole)
        {
            Assert.Equal(reason, fault.Reason);
        }
        else
        {
            Assert.StartsWith(reason, fault.Reason, StringComparison.Ordinal);
        }
    }

    private InvalidFileException Refuse(byte[] file)
    {
        var path = folder.Write("hostile.safetensors", file);
        var fault = Assert.Throws<InvalidFileException>(() => SafetensorsFile.Open(path));
        Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        return fault;
    }
}
