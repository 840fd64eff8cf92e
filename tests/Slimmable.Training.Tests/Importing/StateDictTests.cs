using System.Formats.Tar;
using System.IO.Pipes;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Importing;

public sealed class StateDictTests : IDisposable
{
    private const string Legacy =
        "expected safetensors or the zip file that PyTorch 1.6 and later write, found a bare pickle or a tar archive as older ones do; load it and save it anew with a later PyTorch";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Both_kinds_of_files_hold_the_same_tensors()
    {
        var weights = StateDict.Read(AuthorsNetwork.PathOf("weights.safetensors"));
        var checkpoint = StateDict.Read(AuthorsNetwork.PathOf("checkpoint.pth.tar"));

        Assert.Equal(weights.Keys.Order(), checkpoint.Keys.Order());
        Assert.All(weights, pair =>
        {
            var other = checkpoint[pair.Key];
            Assert.Equal(pair.Value.Type, other.Type);
            Assert.Equal(pair.Value.Shape, other.Shape);
            Assert.Equal(pair.Value.Values, other.Values);
        });
        Assert.Equal(286, weights.Count);
    }

    [Fact]
    public void Halves_and_integers_of_safetensors_are_told_apart()
    {
        var path = folder.File("a.safetensors");
        SafetensorsWriter.Write(path, [new TensorData("half", TensorType.F16, [1], new byte[] { 0x00, 0x3E }), TensorData.Of("count", [3L])], new Dictionary<string, string>());

        var tensors = StateDict.Read(path);

        Assert.Equal([1.5f], tensors["half"].Values!);
        Assert.Null(tensors["count"].Values);
        Assert.Equal("I64 []", $"{tensors["count"]}");
    }

    [Fact]
    public void Safetensors_whose_header_begins_as_a_pickle_does_are_no_pickle()
    {
        // The header's length is a multiple of 8; here its lowest byte is 0x80, which pickles begin with too.
        var path = folder.File("a.safetensors");
        var metadata = new Dictionary<string, string> { ["note"] = string.Empty };
        do
        {
            SafetensorsWriter.Write(path, [TensorData.Of("w", [1f], 1)], metadata);
            metadata["note"] += ' ';
        }
        while (File.ReadAllBytes(path)[0] != 0x80);

        Assert.Equal([1f], StateDict.Read(path)["w"].Values!);
    }

    [Fact]
    public void Files_of_PyTorch_before_the_zip_format_are_refused_with_a_way_out()
    {
        byte[] magic = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];
        Refused(magic, Legacy);
        Refused([0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'}', (byte)'.'], Legacy);

        var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "storages") { DataStream = new MemoryStream(magic) });
        }

        Refused(archive.ToArray(), Legacy);
    }

    [Fact]
    public void What_is_neither_is_refused()
    {
        Refused([], "expected content, found an empty file, a pipe or a device");
        Refused("PK"u8.ToArray(), "expected a zip archive to end with its directory, found none in the last 22 bytes: the file is cut off or something follows it");
        Refused("hello world, this is text"u8.ToArray(), "expected a header of at most 17 bytes, found a length of 8031924123371070824");
        Assert.StartsWith("cannot be read: ", Fault(folder.File("missing")).Reason, StringComparison.Ordinal);
        Assert.StartsWith("cannot be read: ", Fault(folder.Path).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_refused()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);

        Assert.StartsWith("cannot be read: ", Fault($"/proc/self/fd/{pipe.GetClientHandleAsString()}").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_gigabytes_is_refused_before_it_is_read()
    {
        using (var file = File.Create(folder.File("large")))
        {
            file.Write("PK"u8);
            file.SetLength((1L << 30) + 1); // Takes no room on disk.
        }

        Assert.Equal("expected a checkpoint of at most 1073741824 bytes, found 1073741825", Fault(folder.File("large")).Reason);
    }

    private void Refused(byte[] content, string reason)
    {
        File.WriteAllBytes(folder.File("bad"), content);
        Assert.Equal(reason, Fault(folder.File("bad")).Reason);
    }

    private static InvalidFileException Fault(string path) => Assert.Throws<InvalidFileException>(() => StateDict.Read(path));
}
