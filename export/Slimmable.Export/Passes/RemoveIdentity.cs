namespace Slimmable.Export;

/// <summary>
/// <c>f(identity(x)) = f(x)</c>. What dropout became goes away, unless it stands between two ports: a file has no other way to hand an
/// input, or one value twice, to the outside.
/// </summary>
internal static class RemoveIdentity
{
    public static PlainNetwork Apply(PlainNetwork network)
    {
        var rewrite = new NetworkRewrite(network);
        var ports = network.Inputs.Concat(network.Outputs).Select(port => port.Value).ToHashSet();
        foreach (var node in network.Nodes)
        {
            if (node is PlainIdentity && !(ports.Contains(node.Name) && ports.Contains(rewrite.Current(node.Inputs[0]))))
            {
                rewrite.Drop(node, node.Inputs[0]);
                if (ports.Contains(node.Name))
                {
                    ports.Add(rewrite.Current(node.Name));
                }
            }
            else
            {
                rewrite.Keep(node);
            }
        }

        return rewrite.Result;
    }
}
