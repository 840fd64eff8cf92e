using System.Text.Json;
using Slimmable.Tests;
using Xunit.Abstractions;

namespace Slimmable.Models.Tests;

public sealed class SafetensorsMutationTests(ITestOutputHelper output) : IDisposable
{
    private const string Name = "mutant.safetensors";
    private const int Seed = 20_210_324;

    private static readonly ulong[] Lengths =
        [0, 1, 2, 7, 8, 1 << 20, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue];

    private readonly MutantFolder folder = new();
    private readonly PathTricks tricks = new();

    public void Dispose()
    {
        folder.Dispose();
        tricks.Dispose();
    }

    [Fact]
    public void Ten_thousand_mutated_files_are_read_right_or_refused()
    {
        var (header, data) = Whole();
        new MutationRun("safetensors", output).Run(Seed, random => Make(header, data, random), () => Read(folder.File(Name)));
    }

    private Mutant Make(byte[] header, byte[] data, Random random)
    {
        var (file, mutation) = random.Next(10) switch
        {
            < 5 => JsonMutations.Apply(header, random) is var (json, what) ? (RawSafetensors.Of(json, data), what) : default,
            < 8 => ByteMutations.Apply(RawSafetensors.Of(header, data), random),
            8 => OfLength(header, data, random),
            _ => (RawSafetensors.Of(header, data), ""),
        };
        var path = folder.Renew(Name, file);
        return new Mutant(mutation.Length > 0 ? mutation : tricks.Apply(path, random).Mutation, file.Length);
    }

    private static (byte[] File, string Mutation) OfLength(byte[] header, byte[] data, Random random)
    {
        var length = random.Next(3) == 0 ? (ulong)(header.Length + random.Next(-9, 9)) : Lengths[random.Next(Lengths.Length)];
        return (RawSafetensors.OfLength(length, [.. header, .. data]), $"a header length of {length}");
    }

    /// <summary>Reads every tensor, as its type wants.</summary>
    private static Action Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var tensors = new Dictionary<string, byte[]>();
        foreach (var entry in file.Tensors.Values)
        {
            ReadOnlySpan<byte> bytes = file.Bytes(entry.Name);
            tensors.Add(entry.Name, bytes.ToArray());
            _ = entry.Type switch
            {
                TensorType.I64 => file.Int64s(entry.Name).Length,
                TensorType.F32 or TensorType.F16 or TensorType.BF16 => file.Singles(entry.Name).Length,
                _ => 0,
            };
        }

        return () => Prove(File.ReadAllBytes(path), file.Tensors, file.Metadata, tensors);
    }

    /// <summary>Looks at the file by itself: every tensor of the header was read, has the bytes of its range, and the ranges make up the data.</summary>
    private static void Prove(
        byte[] file, IReadOnlyDictionary<string, TensorEntry> entries, IReadOnlyDictionary<string, string> metadata, Dictionary<string, byte[]> tensors)
    {
        var length = BitConverter.ToInt32(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        var data = file.AsMemory(8 + length);
        var declared = header.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        if (declared.Remove("__metadata__", out var found))
        {
            Assert.Equal(found.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!), metadata);
        }

        Assert.Equal(declared.Keys.Order(), entries.Keys.Order());
        Assert.Equal(data.Length, tensors.Values.Sum(bytes => bytes.Length));
        foreach (var (name, value) in declared)
        {
            var (begin, end) = (value.GetProperty("data_offsets")[0].GetInt32(), value.GetProperty("data_offsets")[1].GetInt32());
            Assert.Equal(data[begin..end].ToArray(), tensors[name]);
            Assert.Equal(value.GetProperty("shape").EnumerateArray().Select(item => item.GetInt64()), entries[name].Shape);
            Assert.Equal(value.GetProperty("dtype").GetString(), entries[name].TypeName);
        }
    }

    private (byte[] Header, byte[] Data) Whole()
    {
        TensorData[] tensors =
        [
            TensorData.Of("floats", [1f, 2f, 3f, 4f, 5f, 6f], 2, 3),
            new("halves", TensorType.F16, [2], new byte[4]),
            new("brains", TensorType.BF16, [1, 1], new byte[2]),
            TensorData.Of("integers", [1L, 2L], 2),
            TensorData.Of("bytes-é", new byte[] { 1, 2, 3 }, 3),
            TensorData.Of("nothing", ReadOnlySpan<byte>.Empty, 0),
        ];
        folder.Renew();
        SafetensorsWriter.Write(folder.File(Name), tensors, new Dictionary<string, string> { ["format"] = "pt", ["note"] = "line\nline" });
        var whole = File.ReadAllBytes(folder.File(Name));
        var start = 8 + BitConverter.ToInt32(whole);
        return (whole[8..start], whole[start..]);
    }
}
