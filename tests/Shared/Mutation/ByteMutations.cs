namespace Slimmable.Tests;

/// <summary>Mutations that know nothing of a file's form.</summary>
internal static class ByteMutations
{
    private const int LongestRange = 64;

    /// <summary>Bytes that mean something to JSON, UTF-8 or protocol buffers.</summary>
    private static readonly byte[] Telling = [.. "{}[],:\"\\ 0123456789-.eEu\n/"u8, 0, 1, 2, 8, 10, 0x12, 0x7F, 0x80, 0xC0, 0xC3, 0xED, 0xEF, 0xF4, 0xFF];

    private static readonly (string Name, Func<List<byte>, Random, IEnumerable<byte>> Apply)[] Kinds =
    [
        ("a bit flipped", (file, random) => With(file, random, value => (byte)(value ^ (1 << random.Next(8))))),
        ("a byte changed", (file, random) => With(file, random, _ => (byte)random.Next(256))),
        ("a telling byte", (file, random) => With(file, random, _ => Telling[random.Next(Telling.Length)])),
        ("cut off", (file, random) => file.Take(random.Next(file.Count))),
        ("the start lost", (file, random) => file.Skip(random.Next(file.Count))),
        ("a range lost", (file, random) => Range(file, random) is var (start, length) ? [.. file.Take(start), .. file.Skip(start + length)] : file),
        ("a range doubled", (file, random) => Range(file, random) is var (start, length) ? [.. file.Take(start + length), .. file.Skip(start)] : file),
        ("two ranges swapped", Swap),
        ("a range moved", (file, random) => Splice(file, [.. Slice(file, random)], random)),
        ("bytes put in", (file, random) => Splice(file, [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Telling[random.Next(Telling.Length)])], random)),
        ("a range of one value", (file, random) => Fill(file, random, Telling[random.Next(Telling.Length)])),
        ("bytes behind the end", (file, random) => [.. file, .. Enumerable.Repeat((byte)random.Next(256), random.Next(1, 100))]),
    ];

    /// <summary>Applies one to three of them.</summary>
    /// <returns>The file, and what was done.</returns>
    public static (byte[] File, string Mutation) Apply(byte[] whole, Random random)
    {
        var file = new List<byte>(whole);
        var names = new List<string>();
        for (var left = random.Next(1, 4); left > 0 && file.Count > 1; left--)
        {
            var (name, apply) = Kinds[random.Next(Kinds.Length)];
            file = [.. apply(file, random)];
            names.Add(name);
        }

        return ([.. file], string.Join(", ", names));
    }

    private static List<byte> With(List<byte> file, Random random, Func<byte, byte> change)
    {
        var at = random.Next(file.Count);
        file[at] = change(file[at]);
        return file;
    }

    private static (int Start, int Length) Range(List<byte> file, Random random)
    {
        var start = random.Next(file.Count);
        return (start, random.Next(1, Math.Min(LongestRange, file.Count - start) + 1));
    }

    private static IEnumerable<byte> Slice(List<byte> file, Random random) =>
        Range(file, random) is var (start, length) ? file.Skip(start).Take(length) : [];

    private static List<byte> Splice(List<byte> file, byte[] piece, Random random)
    {
        file.InsertRange(random.Next(file.Count + 1), piece);
        return file;
    }

    private static List<byte> Fill(List<byte> file, Random random, byte value)
    {
        var (start, length) = Range(file, random);
        for (var at = start; at < start + length; at++)
        {
            file[at] = value;
        }

        return file;
    }

    private static List<byte> Swap(List<byte> file, Random random)
    {
        var (one, two) = (Range(file, random), Range(file, random));
        var (first, second) = one.Start < two.Start ? (one, two) : (two, one);
        return first.Start + first.Length > second.Start
            ? file
            : [
                .. file.Take(first.Start),
                .. file.Skip(second.Start).Take(second.Length),
                .. file.Take(second.Start).Skip(first.Start + first.Length),
                .. file.Skip(first.Start).Take(first.Length),
                .. file.Skip(second.Start + second.Length),
            ];
    }
}
