using System.Text;
using Slimmable.Export.Onnx;

namespace Slimmable.Export.Tests;

/// <summary>
/// Mutations of an ONNX file that keep its lengths right, or lie about one: fields are lost, doubled, swapped and moved, numbers and names replaced. A name in
/// another's place makes names twice, reads of what comes later, and cycles.
/// </summary>
internal static class WireMutations
{
    /// <summary>Bytes: so small that all that is ever allocated for a file keeps the limit, and not only what is in use at once.</summary>
    private const int MostRepeated = 100_000;

    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 7, 16, 127, 128, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 32, 1UL << 62, long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private static readonly byte[][] Texts =
    [
        [], [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1B, (byte)'[', (byte)'2', (byte)'J'], .. new[]
        {
            "../secret.bin", "/etc/passwd", "..", ".", "sub/../../secret.bin", "\\\\host\\share", "C:\\x", "weights.bin\0", "If", "Loop", "Scan", "Constant", "Add", "Mul", "Concat",
            "Gather", "Reshape", "Shape", "ai.onnx.ml", "input", "N", "-1", "9223372036854775807", "18446744073709551616", "0x10", " 1", "1e3",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly (string Name, Action<Tree, Random> Apply)[] Kinds =
    [
        ("a field lost", (tree, random) => tree.Pick(random).Remove()),
        ("a field doubled", (tree, random) => Repeat(tree.Pick(random), random.Next(2, 5))),
        ("a field many times", (tree, random) => Repeat(tree.Pick(random), random.Next(5, 2_000))),
        ("two fields swapped", (tree, random) => Swap(tree.Pick(random), tree.Pick(random))),
        ("a field moved", (tree, random) => tree.Messages[random.Next(tree.Messages.Count)].Add(tree.Pick(random).Field.Copy())),
        ("a number replaced", (tree, random) => tree.Numbers(random)?.Value = random.Next(4) == 0 ? (ulong)random.NextInt64() : Numbers[random.Next(Numbers.Length)]),
        ("a number of another place", (tree, random) => tree.Numbers(random)?.Value = tree.Numbers(random)!.Value),
        ("a text replaced", (tree, random) => tree.Texts(random)?.Bytes = Texts[random.Next(Texts.Length)]),
        ("a text of another place", (tree, random) => tree.Texts(random)?.Bytes = tree.Texts(random)!.Bytes),
        ("a text cut or longer", (tree, random) => tree.Texts(random)?.Bytes = Resize(tree.Texts(random)!.Bytes, random.Next(0, 40))),
        ("a text of kilobytes", (tree, random) => tree.Texts(random)?.Bytes = [.. Enumerable.Repeat((byte)random.Next(1, 256), random.Next(1, 100_000))]),
        ("a text of small numbers", (tree, random) => tree.Texts(random)?.Bytes = new byte[random.Next(1, 50_000)]),
        ("a length that lies", (tree, random) => tree.Texts(random)?.Lie = random.Next(2) == 0 ? (ulong)random.Next(64) : Numbers[random.Next(Numbers.Length)]),
        ("another field number", (tree, random) => tree.Pick(random).Field.Number = random.Next(1, 32)),
        ("another wire type", (tree, random) => tree.Pick(random).Field.Type = random.Next(8)),
        ("an unknown field", (tree, random) => tree.Add(random, new WireField { Number = random.Next(40, 1 << 28), Type = random.Next(8), Bytes = new byte[random.Next(20)] })),
        ("empty messages", (tree, random) => AddEmpty(tree.Messages[random.Next(tree.Messages.Count)], random)),
        ("nested deep", (tree, random) => Nest(tree.Pick(random).Field, random.Next(1, 400))),
    ];

    /// <summary>Applies one to three of them.</summary>
    /// <returns>The file, and what was done.</returns>
    public static (byte[] File, string Mutation) Apply(byte[] whole, Random random)
    {
        var names = new List<string>();
        var tree = new Tree(WireField.Parse(whole, ModelProto.Descriptor));
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var (name, apply) = Kinds[random.Next(Kinds.Length)];
            apply(tree, random);
            names.Add(name);
            tree = new Tree(tree.Root);
        }

        return (WireField.Write(tree.Root), string.Join(", ", names));
    }

    private static void Repeat(Place place, int times)
    {
        var fitting = Math.Min(times, 2 + (MostRepeated / WireField.Write([place.Field]).Length));
        place.Message.InsertRange(place.Index, Enumerable.Range(1, fitting - 1).Select(_ => place.Field.Copy()));
    }

    private static void Swap(Place one, Place two) => (one.Message[one.Index], two.Message[two.Index]) = (two.Field.Copy(), one.Field.Copy());

    private static byte[] Resize(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }

    private static void AddEmpty(List<WireField> message, Random random)
    {
        var number = random.Next(1, 16);
        message.AddRange(Enumerable.Range(0, random.Next(1, 3_000)).Select(_ => new WireField { Number = number, Type = WireField.Delimited }));
    }

    /// <summary>A message within itself within itself, by the way that a graph's node's attribute has a graph.</summary>
    private static void Nest(WireField field, int depth)
    {
        int[] way = [1, 5, 6];
        var inner = field.Copy();
        for (var level = 0; level < depth; level++)
        {
            inner = new WireField { Number = way[level % way.Length], Type = WireField.Delimited, Fields = [inner] };
        }

        (field.Number, field.Type, field.Fields, field.Lie) = (inner.Number, inner.Type, inner.Fields, null);
    }

    /// <summary>A file's fields, in a list.</summary>
    private sealed class Tree
    {
        private readonly List<Place> places = [];

        public Tree(List<WireField> root)
        {
            Root = root;
            Collect(root);
        }

        public List<WireField> Root { get; }

        public List<List<WireField>> Messages { get; } = [];

        public Place Pick(Random random) => places.Count > 0 ? places[random.Next(places.Count)] : new([new WireField { Number = 1 }], 0);

        public WireField? Numbers(Random random) => PickOf(random, field => field.Type == WireField.Varint);

        public WireField? Texts(Random random) => PickOf(random, field => field.Type == WireField.Delimited && field.Fields is null);

        public void Add(Random random, WireField field)
        {
            var message = Messages[random.Next(Messages.Count)];
            message.Insert(random.Next(message.Count + 1), field);
        }

        private WireField? PickOf(Random random, Func<WireField, bool> fits)
        {
            var fields = places.Select(place => place.Field).Where(fits).ToList();
            return fields.Count > 0 ? fields[random.Next(fields.Count)] : null;
        }

        private void Collect(List<WireField> message)
        {
            Messages.Add(message);
            for (var index = 0; index < message.Count; index++)
            {
                places.Add(new(message, index));
                if (message[index].Fields is { } fields)
                {
                    Collect(fields);
                }
            }
        }
    }

    /// <summary>A field in its message.</summary>
    private sealed record Place(List<WireField> Message, int Index)
    {
        public WireField Field => Message[Index];

        public void Remove() => Message.RemoveAt(Index);
    }
}
