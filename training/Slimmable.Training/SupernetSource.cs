using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A supernet that was trained before, for a run that trains no more than its gate.</summary>
internal static class SupernetSource
{
    /// <summary>Copies all weights but the gate's own into a network.</summary>
    /// <param name="network">Where they go.</param>
    /// <param name="path">The checkpoint they come from.</param>
    /// <exception cref="InvalidFileException">The file is no checkpoint, or its supernet is another.</exception>
    public static void Load(Supernet network, string path)
    {
        var found = Checkpoint.Read(path);
        var graph = network.Graph;
        if (!Described(found.Graph).SequenceEqual(Described(graph)) || !Shapes(found.Graph).SequenceEqual(Shapes(graph)))
        {
            throw new InvalidFileException(path, $"expected the supernet of '{graph.Name}' as the recipe builds it, found '{found.Graph.Name}' with other layers or widths");
        }

        var weights = network.Weights();
        foreach (var name in Tensors(graph).Select(spec => spec.Name))
        {
            weights[name] = found.Weights[name];
        }

        network.Load(weights);
    }

    private static IEnumerable<Node> Described(SupernetGraph graph) => graph.NodesFor([graph.Definition.Logits]);

    private static IEnumerable<TensorSpec> Tensors(SupernetGraph graph) => Described(graph).SelectMany(graph.TensorsOf);

    private static IEnumerable<(string Name, string Shape)> Shapes(SupernetGraph graph) =>
        Tensors(graph).Select(spec => (spec.Name, string.Join('x', spec.FullShape)));
}
