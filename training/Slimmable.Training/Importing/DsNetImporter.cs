using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Reads checkpoints of the DS-Net authors' code (DS-MBNet): safetensors, or a file of <c>torch.save</c> with a state dict in it. Widths,
/// depths and the number of the gate's scores follow from the tensors.
/// </summary>
public static class DsNetImporter
{
    /// <summary>Faults that are told one by one; a file of another network has hundreds.</summary>
    private const int MostFaults = 3;

    /// <summary>Reads a checkpoint. Of a file with averaged weights (<c>state_dict_ema</c>) beside the others it takes the averaged ones.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the tensors do not say.</param>
    /// <exception cref="InvalidFileException">The file is damaged or hostile, or its tensors are not those of a DS-MBNet of these options.</exception>
    public static Checkpoint Import(string path, DsNetImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var tensors = StateDict.Read(path);
        try
        {
            var graph = DsMobileNet.Build(new DsNetShapes(tensors).Infer(options));
            return new Checkpoint(graph, Weights(graph, tensors), new CheckpointInfo());
        }
        catch (Exception fault) when (fault is FormatException or InvalidGraphException or InvalidOptionsException)
        {
            throw new InvalidFileException(path, fault.Message, fault);
        }
    }

    private static Dictionary<string, float[]> Weights(SupernetGraph graph, IReadOnlyDictionary<string, StateTensor> tensors)
    {
        var names = graph.Tensors.ToDictionary(spec => DsNetNames.Of(graph, spec));
        List<string> faults =
        [
            .. names.Select(pair => FaultOf(pair.Key, pair.Value, tensors.GetValueOrDefault(pair.Key))).OfType<string>(),
            .. tensors.Keys.Where(name => !names.ContainsKey(name) && !DsNetNames.IsCounter(name))
                .Select(name => $"tensor {name.Quoted()}: a DS-MBNet has none of that name"),
        ];
        if (faults.Count > 0)
        {
            var more = faults.Count > MostFaults ? $"; and {faults.Count - MostFaults} more" : string.Empty;
            throw new FormatException(string.Join("; ", faults.Take(MostFaults)) + more);
        }

        return names.ToDictionary(pair => pair.Value.Name, pair => tensors[pair.Key].Values!);
    }

    private static string? FaultOf(string name, TensorSpec spec, StateTensor? tensor)
    {
        if (tensor?.Values is not { } values || !tensor.Shape.SequenceEqual(spec.FullShape.Select(length => (long)length)))
        {
            return $"tensor '{name}': expected floats [{string.Join(", ", spec.FullShape)}], found {tensor?.ToString() ?? "none"}";
        }

        var least = spec.Role == TensorRole.RunningVariance ? 0 : float.MinValue;
        var bad = Array.FindIndex(values, value => !float.IsFinite(value) || value < least);
        var range = least == 0 ? " from 0 up" : string.Empty;
        return bad < 0 ? null : $"tensor '{name}': expected finite numbers{range}, found {values[bad]} at element {bad}";
    }
}
