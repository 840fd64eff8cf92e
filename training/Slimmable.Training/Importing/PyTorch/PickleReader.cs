using static Slimmable.Training.Requirement;

namespace Slimmable.Training;

/// <summary>
/// Reads what <c>torch.save</c> pickles for tensors in dictionaries. A pickle is a program for a stack machine that may name and call any
/// Python code; this machine runs none. It knows <see cref="PickleOpcode"/> and <see cref="PickleGlobals"/> and refuses the rest, like
/// PyTorch's own loader of weights alone. Values are made in a loop, so that nesting cannot use up the thread's stack.
/// </summary>
internal sealed class PickleReader
{
    /// <summary>The byte that a pickle of protocol 2 and later begins with.</summary>
    public const byte Protocol = 0x80;

    /// <summary>The protocol of <c>torch.save</c> since its first day.</summary>
    private const byte Version = 2;

    /// <summary>Some twenty times what the largest DS-MBNet with its optimizer takes; keeps a small file from filling the memory.</summary>
    private const int MostValues = 1_000_000;

    private readonly PickleBytes bytes;
    private readonly Dictionary<uint, PickleValue> memo = [];

    /// <summary>Null is a mark.</summary>
    private readonly List<PickleValue?> stack = [];

    private int values;
    private int at;

    private PickleReader(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = new PickleBytes(bytes);
    }

    /// <summary>Reads the one value that a pickle holds.</summary>
    /// <exception cref="FormatException">The pickle is damaged, mentions other code, or holds what is not read here.</exception>
    public static PickleValue Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new PickleReader(bytes);
        try
        {
            var value = reader.Run();
            PickleCycles.Refuse(value);
            return value;
        }
        catch (FormatException fault)
        {
            throw new FormatException($"pickle, byte {reader.at}: {fault.Message}", fault);
        }
    }

    private PickleValue Run()
    {
        Require(bytes.U8() == Protocol && bytes.U8() == Version, $"expected pickle protocol {Version}, as torch.save writes it");
        while (true)
        {
            at = bytes.Position;
            var code = (PickleOpcode)bytes.U8();
            if (code == PickleOpcode.Stop)
            {
                var value = Pop();
                Require(stack.Count == 0 && bytes.AtEnd, "expected the end of one value to be the end of the pickle");
                return value;
            }

            Step(code);
        }
    }

    private void Step(PickleOpcode code)
    {
        switch (code)
        {
            case PickleOpcode.Mark:
                Push(null);
                break;
            case PickleOpcode.None:
                Push(new PickleScalar(null));
                break;
            case PickleOpcode.True or PickleOpcode.False:
                Push(new PickleScalar(code == PickleOpcode.True));
                break;
            case PickleOpcode.Int1:
                Push(new PickleScalar((long)bytes.U8()));
                break;
            case PickleOpcode.Int2:
                Push(new PickleScalar((long)bytes.U16()));
                break;
            case PickleOpcode.Int4:
                Push(new PickleScalar((long)bytes.I32()));
                break;
            case PickleOpcode.Long1:
                Push(new PickleScalar(bytes.Long()));
                break;
            case PickleOpcode.Float:
                Push(new PickleScalar(bytes.F64()));
                break;
            case PickleOpcode.Unicode:
                Push(new PickleScalar(bytes.Text(bytes.U32())));
                break;
            case PickleOpcode.EmptyTuple:
                Push(new PickleTuple([]));
                break;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                Push(new PickleTuple(Pop(code - PickleOpcode.Tuple1 + 1)));
                break;
            case PickleOpcode.Tuple:
                Push(new PickleTuple(PopToMark()));
                break;
            case PickleOpcode.EmptyList:
                Push(new PickleList([]));
                break;
            case PickleOpcode.Append:
                Append(Pop(1));
                break;
            case PickleOpcode.Appends:
                Append(PopToMark());
                break;
            case PickleOpcode.EmptyDictionary:
                Push(new PickleDictionary([]));
                break;
            case PickleOpcode.SetItem:
                Set(Pop(2));
                break;
            case PickleOpcode.SetItems:
                Set(PopToMark());
                break;
            case PickleOpcode.Put1:
                Keep(bytes.U8());
                break;
            case PickleOpcode.Put4:
                Keep(bytes.U32());
                break;
            case PickleOpcode.Get1:
                Push(Recall(bytes.U8()));
                break;
            case PickleOpcode.Get4:
                Push(Recall(bytes.U32()));
                break;
            case PickleOpcode.Global:
                Push(PickleGlobals.Of(bytes.Line(), bytes.Line()));
                break;
            case PickleOpcode.PersistentId:
                Push(PickleCalls.StorageOf(Pop()));
                break;
            case PickleOpcode.Reduce:
                var arguments = Pop();
                Push(PickleCalls.ValueOf(Pop(), arguments));
                break;
            case PickleOpcode.Build:
                // What is set here are Python attributes of a state dict: its modules' version numbers.
                Pop();
                Require(Top is PickleDictionary, "expected attributes of a dictionary alone");
                break;
            default:
                throw new FormatException($"instruction 0x{(byte)code:x2} is none that tensors in dictionaries need");
        }
    }

    private void Append(List<PickleValue> items)
    {
        var list = Top as PickleList ?? throw new FormatException("expected a list to append to");
        list.Items.AddRange(items);
    }

    private void Set(List<PickleValue> pairs)
    {
        Require(Top is PickleDictionary && pairs.Count % 2 == 0, "expected a dictionary and pairs");
        var target = ((PickleDictionary)Top).Items;
        for (var index = 0; index < pairs.Count; index += 2)
        {
            var key = (pairs[index] as PickleScalar)?.Value switch
            {
                string text => text,
                long number => $"{number}",
                _ => throw new FormatException("expected text or a whole number as a dictionary's key"),
            };
            if (!target.TryAdd(key, pairs[index + 1]))
            {
                throw new FormatException($"{key.Quoted()} is set twice");
            }
        }
    }

    private void Keep(uint key)
    {
        memo[key] = Top;
        Require(memo.Count <= MostValues, $"expected at most {MostValues} kept values");
    }

    private PickleValue Recall(uint key) =>
        memo.TryGetValue(key, out var value) ? value : throw new FormatException($"value {key} is used before it was kept");

    private void Push(PickleValue? value)
    {
        if (++values > MostValues)
        {
            throw new FormatException($"expected at most {MostValues} values");
        }

        stack.Add(value);
    }

    private PickleValue Top => stack.Count > 0 && stack[^1] is { } value ? value : throw new FormatException("expected a value on the stack, found none");

    private PickleValue Pop()
    {
        var value = Top;
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    /// <summary>Some values, in the order in which they were pushed.</summary>
    private List<PickleValue> Pop(int count)
    {
        var items = new List<PickleValue>(count);
        for (var index = 0; index < count; index++)
        {
            items.Add(Pop());
        }

        items.Reverse();
        return items;
    }

    private List<PickleValue> PopToMark()
    {
        var mark = stack.LastIndexOf(null);
        Require(mark >= 0, "expected a mark on the stack, found none");
        var items = Pop(stack.Count - mark - 1);
        stack.RemoveAt(mark);
        return items;
    }
}
