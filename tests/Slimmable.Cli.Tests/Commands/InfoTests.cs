using System.Buffers.Binary;
using System.Text;

namespace Slimmable.Cli.Tests;

/// <summary><c>info</c> on files that lie; every verb opens files the same way.</summary>
[Collection(TrainedModel.Collection)]
public sealed class InfoTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_prints_a_table_for_people_without_control_codes()
    {
        var info = SlimmableProgram.Run(folder.Path, "info", model.Path).Succeeded();

        Assert.Empty(info.Error);
        Assert.All(new[] { "uniform-0", "uniform-1", "uniform-2", "candidate", "M MAdds" }, part => Assert.Contains(part, info.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', info.Output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(2000)]
    [InlineData(-4)]
    public void A_truncated_checkpoint_is_refused(int length)
    {
        var whole = File.ReadAllBytes(model.Path);
        Refuse(whole[..(length < 0 ? whole.Length + length : length)], "bad.safetensors: ");
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", "beyond the 8 data bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[-8,0]}}""", "from 0 up")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}""", "run backwards")]
    [InlineData("""{"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "slimmable.format")]
    [InlineData("""[]""", "'{'")]
    [InlineData("""{"a":""", "JSON")]
    public void A_hostile_header_is_refused(string header, string mention) =>
        Refuse([.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]], mention);

    [Theory]
    [InlineData(3ul)]
    [InlineData(1ul << 31)]
    [InlineData(ulong.MaxValue)]
    public void A_header_that_is_longer_than_the_file_is_refused(ulong length) => Refuse([.. Length(length), .. "{}"u8], $"{length}");

    [Fact]
    public void A_header_of_two_gibibytes_that_are_really_there_is_refused()
    {
        const long TwoGibibytes = 1L << 31;
        using (var file = File.Create(folder.File("bad.safetensors")))
        {
            file.Write(Length(TwoGibibytes));
            file.WriteByte((byte)'{');
            file.SetLength(8 + TwoGibibytes); // Takes no room on disk.
        }

        SlimmableProgram.Run(folder.Path, "info", "bad.safetensors").Refused(1, "bad.safetensors", "expected a header of at most", $"{TwoGibibytes}");
    }

    [Fact]
    public void What_is_neither_a_checkpoint_nor_a_bundle_is_refused()
    {
        SlimmableProgram.Run(folder.Path, "info", "nothing").Refused(1, "nothing", "cannot be read");
        SlimmableProgram.Run(folder.Path, "info", ".").Refused(1, "manifest.json", "expected a file, found none");
    }

    private void Refuse(byte[] content, string mention)
    {
        File.WriteAllBytes(folder.File("bad.safetensors"), content);
        SlimmableProgram.Run(folder.Path, "info", "bad.safetensors", "--json").Refused(1, "bad.safetensors", mention);
    }

    private static byte[] Length(ulong length)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, length);
        return prefix;
    }
}
