using System.Text.Json;
using Slimmable.Models;
using Slimmable.Tests;
using Xunit.Abstractions;

namespace Slimmable.Runtime.Tests;

/// <summary>
/// Files made to take memory are read in a process of their own, whose whole heap may have 4 times a file's size and 64 MiB: more, and .NET ends the
/// process. Parts of growing size, so that some are read and some refused; room is left over in the file, so that the limit is the same for all.
/// </summary>
public sealed class HeapLimitTests(ITestOutputHelper output) : IDisposable
{
    private const int ModelBytes = 8 << 20;
    private const int SafetensorsBytes = 8 << 20;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_ONNX_file_takes_no_more_than_its_limit()
    {
        foreach (var (name, make) in ModelBombs.All)
        {
            for (var part = 1 << 13; part < ModelBytes; part *= 2)
            {
                var bomb = make(part);
                if (bomb.Length < ModelBytes - 16)
                {
                    var padding = ModelBombs.Field(1000, new byte[1 << 21])[..6]; // The tag, and the length in 4 bytes.
                    var length = ModelBytes - bomb.Length - padding.Length;
                    WriteSparse($"{name}-{part}.onnx", [.. bomb, .. padding[..2], .. FourByteVarint(length)], ModelBytes);
                }
            }
        }

        AssertWithin(ModelBytes, ModelBombs.All.Count * 4);
    }

    [Fact]
    public void A_safetensors_file_takes_no_more_than_its_limit()
    {
        foreach (var (name, make) in JsonBombs.Headers)
        {
            foreach (var header in new[] { 1 << 16, 1 << 19, 1 << 20, (3 << 19) - 4096, 2 << 20 })
            {
                WriteSparse($"{name}-{header}.safetensors", JsonBombs.Safetensors(make(header), SafetensorsBytes), SafetensorsBytes);
            }
        }

        AssertWithin(SafetensorsBytes, JsonBombs.Headers.Count * 5);
    }

    [Fact]
    public void A_manifest_takes_no_more_than_its_limit()
    {
        ManifestFile.Write(folder.Path, SmallBundle.Manifest);
        var good = JsonSerializer.Serialize(JsonDocument.Parse(File.ReadAllText(folder.File(BundleFormat.ManifestFile))));
        File.Delete(folder.File(BundleFormat.ManifestFile));
        var size = (int)BundleFormat.LargestManifest;
        foreach (var (name, (start, bad)) in JsonBombs.Members)
        {
            Assert.Contains(start, good, StringComparison.Ordinal);
            foreach (var part in new[] { 1 << 16, 1 << 20, size - good.Length - 1024 })
            {
                var at = good.IndexOf(start, StringComparison.Ordinal);
                var json = good.Remove(at, start.Length).Insert(at, bad(part));
                Directory.CreateDirectory(folder.File($"{name}-{part}"));
                File.WriteAllText(folder.File($"{name}-{part}/{BundleFormat.ManifestFile}"), json.PadRight(size));
            }
        }

        AssertWithin(size, JsonBombs.Members.Count * 3);
    }

    /// <summary>What the limit is worth: the process really ends where more is taken.</summary>
    [Fact]
    public void A_process_that_takes_more_ends()
    {
        var (exitCode, lines) = Child.Run(nameof(Child.TakeMemory), $"{MemoryLimit.Of(ModelBytes)}", heapLimit: MemoryLimit.Of(ModelBytes));

        Assert.NotEqual(0, exitCode);
        Assert.Empty(lines);
    }

    private void WriteSparse(string name, byte[] start, int length)
    {
        using var file = File.Create(folder.File(name));
        file.Write(start);
        file.SetLength(length);
    }

    private static byte[] FourByteVarint(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)((value >> 14) | 0x80), (byte)(value >> 21)];

    private void AssertWithin(int bytes, int least)
    {
        var (exitCode, lines) = Child.Run(nameof(Child.ReadAll), folder.Path, heapLimit: MemoryLimit.Of(bytes));

        var counts = lines.CountBy(line => line.Split(' ')[^1]).ToDictionary();
        output.WriteLine($"{lines.Length} files of {bytes} bytes in a heap of {MemoryLimit.Of(bytes)}: {string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))}");
        Assert.True(exitCode == 0, $"exit code {exitCode} after {lines.LastOrDefault()}");
        Assert.True(lines.Length >= least, $"{lines.Length} files");
        Assert.Equal(["read", "refused"], counts.Keys.Order());
    }
}
