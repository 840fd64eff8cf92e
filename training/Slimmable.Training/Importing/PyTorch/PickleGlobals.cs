namespace Slimmable.Training;

/// <summary>The names of Python code that a checkpoint may mention. Everything else is refused by its name.</summary>
internal static class PickleGlobals
{
    public const string OrderedDict = "collections.OrderedDict";
    public const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    public const string RebuildParameter = "torch._utils._rebuild_parameter";

    /// <summary>The storages by name.</summary>
    public static IReadOnlyDictionary<string, StorageType> Storages { get; } = new Dictionary<string, StorageType>
    {
        ["torch.DoubleStorage"] = new("F64", 8),
        ["torch.FloatStorage"] = new("F32", 4),
        ["torch.HalfStorage"] = new("F16", 2),
        ["torch.BFloat16Storage"] = new("BF16", 2),
        ["torch.LongStorage"] = new("I64", 8),
        ["torch.IntStorage"] = new("I32", 4),
        ["torch.ShortStorage"] = new("I16", 2),
        ["torch.CharStorage"] = new("I8", 1),
        ["torch.ByteStorage"] = new("U8", 1),
        ["torch.BoolStorage"] = new("BOOL", 1),
    };

    /// <summary>A name that may be mentioned.</summary>
    /// <exception cref="FormatException">It may not.</exception>
    public static PickleGlobal Of(string module, string name)
    {
        var whole = $"{module}.{name}";
        return whole is OrderedDict or RebuildTensor or RebuildParameter || Storages.ContainsKey(whole)
            ? new PickleGlobal(whole)
            : throw new FormatException(
                $"mentions {whole.Quoted()}, which is neither a tensor nor a dictionary, and was not run; docs/training-at-scale.md shows how to save the state dict alone");
    }
}
