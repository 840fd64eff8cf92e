namespace Slimmable.Training;

/// <summary>A value that a restricted pickle may hold.</summary>
internal abstract record PickleValue;

/// <summary>None, a truth value, a <see cref="long"/>, a <see cref="double"/> or text.</summary>
internal sealed record PickleScalar(object? Value) : PickleValue;

/// <summary>A tuple.</summary>
internal sealed record PickleTuple(IReadOnlyList<PickleValue> Items) : PickleValue;

/// <summary>A list; grows while it is read.</summary>
internal sealed record PickleList(List<PickleValue> Items) : PickleValue;

/// <summary>A dictionary by text or whole numbers, which are kept as text; grows while it is read.</summary>
internal sealed record PickleDictionary(Dictionary<string, PickleValue> Items) : PickleValue;

/// <summary>A name of Python code, one of those in <see cref="PickleGlobals"/>. It is only compared, never run.</summary>
internal sealed record PickleGlobal(string Name) : PickleValue;

/// <summary>A storage: a file of the archive.</summary>
/// <param name="Type">Of its elements.</param>
/// <param name="Key">The file's name under <c>data/</c>.</param>
/// <param name="Length">In elements.</param>
internal sealed record PickleStorage(StorageType Type, string Key, long Length) : PickleValue;

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Offset">Of its first element.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Strides">In elements, one for each length of the shape.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides) : PickleValue;
