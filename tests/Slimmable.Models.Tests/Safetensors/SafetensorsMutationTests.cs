namespace Slimmable.Models.Tests;

/// <summary>Damaged files are read as they are or refused by the one typed error; nothing else may come out.</summary>
public sealed class SafetensorsMutationTests : IDisposable
{
    private const int Mutations = 3_000;

    /// <summary>Bytes that mean something in the header are hit more often than chance would.</summary>
    private static readonly byte[] Telling = [.. "{}[],:\"\\ 0123456789-.eu\n"u8, 0, 0x7F, 0x80, 0xC3, 0xED, 0xFF];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damage_is_read_or_refused_and_nothing_else()
    {
        var whole = Whole();
        var random = new Random(20_210_324);
        var (read, refused) = (0, 0);
        for (var mutation = 0; mutation < Mutations; mutation++)
        {
            var path = folder.Write("damaged.safetensors", Damage(whole, random));
            try
            {
                ReadAll(path);
                read++;
            }
            catch (InvalidFileException fault)
            {
                Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(fault.Message, char.IsControl);
                refused++;
            }
        }

        Assert.True(read > Mutations / 50 && refused > Mutations / 2, $"{read} read and {refused} refused: the damage is too small or too great to tell");
    }

    private byte[] Whole()
    {
        var path = folder.File("whole.safetensors");
        TensorData[] tensors =
        [
            TensorData.Of("floats", [1f, 2f, 3f, 4f, 5f, 6f], 2, 3),
            new("halves", TensorType.F16, [2], new byte[4]),
            new("brains", TensorType.BF16, [1, 1], new byte[2]),
            TensorData.Of("integers", [1L, 2L], 2),
            TensorData.Of("bytes-é", new byte[] { 1, 2, 3 }, 3),
            TensorData.Of("nothing", ReadOnlySpan<byte>.Empty, 0),
        ];
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt", ["note"] = "line\nline" });
        return File.ReadAllBytes(path);
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var damaged = new List<byte>(whole);
        for (var hits = random.Next(1, 4); hits > 0; hits--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 2:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    damaged.Insert(at, Telling[random.Next(Telling.Length)]);
                    break;
                default:
                    damaged.RemoveAt(at);
                    break;
            }
        }

        return [.. damaged];
    }

    private static void ReadAll(string path)
    {
        using var file = SafetensorsFile.Open(path);
        foreach (var entry in file.Tensors.Values)
        {
            switch (entry.Type)
            {
                case TensorType.I64:
                    file.Int64s(entry.Name);
                    break;
                case TensorType.F32 or TensorType.F16 or TensorType.BF16:
                    file.Singles(entry.Name);
                    break;
                default:
                    file.Bytes(entry.Name);
                    break;
            }
        }
    }
}
