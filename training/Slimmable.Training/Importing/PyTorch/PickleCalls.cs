namespace Slimmable.Training;

/// <summary>What the few allowed calls of a pickle stand for. Nothing is called; the arguments are read.</summary>
internal static class PickleCalls
{
    /// <summary>The value of <c>function(*arguments)</c>.</summary>
    /// <exception cref="FormatException">The arguments are not those of the function.</exception>
    public static PickleValue ValueOf(PickleValue function, PickleValue arguments)
    {
        var name = function is PickleGlobal known ? known.Name : throw new FormatException("calls what is no function");
        return (name, arguments) switch
        {
            (PickleGlobals.OrderedDict, PickleTuple { Items.Count: 0 }) => new PickleDictionary([]),
            (PickleGlobals.RebuildTensor, PickleTuple { Items: [PickleStorage storage, var offset, PickleTuple shape, PickleTuple strides, ..] })
                when shape.Items.Count == strides.Items.Count => new PickleTensor(storage, Length(offset), Lengths(shape), Lengths(strides)),
            (PickleGlobals.RebuildParameter, PickleTuple { Items: [PickleTensor tensor, ..] }) => tensor,
            _ => throw new FormatException($"calls {name.Quoted()} with other arguments than PyTorch does"),
        };
    }

    /// <summary>The storage that a persistent id names: <c>('storage', type, key, device, length)</c>.</summary>
    /// <exception cref="FormatException">The id is another.</exception>
    public static PickleStorage StorageOf(PickleValue id) =>
        id is PickleTuple { Items: [PickleScalar { Value: "storage" }, PickleGlobal type, PickleScalar { Value: string key }, PickleScalar, var length] }
        && PickleGlobals.Storages.TryGetValue(type.Name, out var element)
            ? new PickleStorage(element, key, Length(length))
            : throw new FormatException("names a storage in another way than PyTorch does");

    private static long[] Lengths(PickleTuple tuple) => [.. tuple.Items.Select(Length)];

    private static long Length(PickleValue value) => value is PickleScalar { Value: long and >= 0 and var length }
        ? length
        : throw new FormatException("expected whole numbers from 0 up as lengths, offsets and strides");
}
