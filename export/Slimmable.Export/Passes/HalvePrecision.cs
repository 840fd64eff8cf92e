namespace Slimmable.Export;

/// <summary>
/// <c>f(x) = f32(f16(f)(f16(x)))</c>: weights and values become 16-bit floats, with casts where a network begins and ends, so that the outside sees 32 bits as before.
/// Means over pixels and normalization stay in 32 bits: a sum over 56 x 56 pixels of 21 or more is beyond what 16 bits hold, and small
/// variances are below. Preprocessing stays too, where 8 bits of pixel and 16 of mean would eat each other up.
/// </summary>
internal static class HalvePrecision
{
    /// <summary>Halves the precision.</summary>
    public static PlainNetwork Apply(PlainNetwork network)
    {
        var before = network.Inputs.Select(port => (port.Value, port.Type)).Concat(network.Nodes.Select(node => (Value: node.Name, node.Type)))
            .ToDictionary(value => value.Value, value => value.Type);
        var halved = network.Nodes.Where(IsHalved).Select(node => node.Name).ToHashSet();
        PlainType TypeOf(string value) => halved.Contains(value) ? PlainType.F16 : before[value];
        var shapes = network.Inputs.Select(port => (port.Value, port.Shape)).Concat(network.Nodes.Select(node => (Value: node.Name, node.Shape)))
            .ToDictionary(value => value.Value, value => value.Shape);
        var casts = new Dictionary<(string Value, PlainType Type), string>();
        var nodes = new List<PlainNode>();
        string As(string value, PlainType type)
        {
            if (TypeOf(value) == type)
            {
                return value;
            }

            if (!casts.TryGetValue((value, type), out var name))
            {
                casts[(value, type)] = name = $"{value}/{(type == PlainType.F16 ? "float16" : "float32")}";
                nodes.Add(new PlainCast(name, [value], shapes[value]) { Type = type });
            }

            return name;
        }

        foreach (var node in network.Nodes)
        {
            var isHalved = IsHalved(node);
            string[] inputs = [.. node.Inputs.Select(input => As(input, isHalved ? PlainType.F16 : before[input]))];
            nodes.Add((isHalved ? Halve(node) : node) with { Inputs = inputs });
        }

        IReadOnlyList<Port> outputs = [.. network.Outputs.Select(port => port with { Value = As(port.Value, port.Type) })];
        return network with { Nodes = nodes, Outputs = outputs };
    }

    private static bool IsHalved(PlainNode node) => node is
        PlainConv or PlainLinear or PlainActivation or PlainMaxPool or PlainAdd or PlainMultiply or PlainSpread or PlainFlatten or PlainIdentity;

    private static PlainNode Halve(PlainNode node) => node switch
    {
        PlainConv conv => conv with { Weight = Halve(conv.Weight), Bias = conv.Bias is null ? null : Halve(conv.Bias), Type = PlainType.F16 },
        PlainLinear linear => linear with { Weight = Halve(linear.Weight), Bias = Halve(linear.Bias), Type = PlainType.F16 },
        _ => node with { Type = PlainType.F16 },
    };

    private static PlainTensor Halve(PlainTensor tensor) => tensor with { Type = PlainType.F16 };
}
