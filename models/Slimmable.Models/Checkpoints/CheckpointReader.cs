using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slimmable.Models;

/// <summary>Makes a checkpoint of an opened safetensors file; lists every tensor that does not fit. Weights are looked at and left where they are.</summary>
internal sealed class CheckpointReader(SafetensorsFile file)
{
    private readonly List<string> faults = [];
    private readonly HashSet<string> expected = [];

    public (SupernetGraph Graph, IReadOnlyDictionary<string, TensorValues> Tensors, CheckpointInfo Info, GoldenSamples? Golden) Read()
    {
        var format = file.Metadata.GetValueOrDefault(CheckpointFormat.FormatKey);
        if (format != CheckpointFormat.Version)
        {
            throw Fault($"expected {CheckpointFormat.FormatKey} '{CheckpointFormat.Version}' in the metadata, found {(format is null ? "none" : $"'{format}'")}");
        }

        var graph = ReadGraph();
        var info = ReadInfo(graph);
        var tensors = new Dictionary<string, TensorValues>();
        foreach (var spec in graph.Tensors)
        {
            if (CheckTensor(spec.Name, [.. spec.FullShape.Select(length => (long)length)], spec.Role) is { } values)
            {
                tensors[spec.Name] = values;
            }
        }

        var golden = ReadGolden(graph);
        faults.AddRange(file.Tensors.Keys.Where(name => !expected.Contains(name)).Select(name => $"tensor '{name}': the graph has no such tensor"));
        return faults.Count == 0 ? (graph, tensors, info, golden) : throw Fault(string.Join("; ", faults));
    }

    private SupernetGraph ReadGraph()
    {
        var definition = Parse(CheckpointFormat.GraphKey, ModelsJson.Default.GraphDefinition)
            ?? throw Fault($"expected {CheckpointFormat.GraphKey} in the metadata, found none");
        try
        {
            return SupernetGraph.Create(definition);
        }
        catch (InvalidGraphException fault)
        {
            throw new InvalidFileException(file.Path, fault.Message, fault);
        }
    }

    private CheckpointInfo ReadInfo(SupernetGraph graph)
    {
        var info = new CheckpointInfo
        {
            Recipe = file.Metadata.GetValueOrDefault(CheckpointFormat.RecipeKey),
            Seed = ReadSeed(),
            DataSet = file.Metadata.GetValueOrDefault(CheckpointFormat.DataSetKey),
            Labels = Parse(CheckpointFormat.LabelsKey, ModelsJson.Default.IReadOnlyListString),
            Preprocessing = Parse(CheckpointFormat.PreprocessingKey, ModelsJson.Default.Preprocessing),
            OperatingPoints = Parse(CheckpointFormat.OperatingPointsKey, ModelsJson.Default.IReadOnlyListOperatingPoint),
            Accuracy = Parse(CheckpointFormat.AccuracyKey, ModelsJson.Default.AccuracyReport),
        };
        faults.AddRange(CheckpointRules.FaultsOf(info, graph));
        return info;
    }

    private long? ReadSeed()
    {
        if (!file.Metadata.TryGetValue(CheckpointFormat.SeedKey, out var text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        faults.Add($"{CheckpointFormat.SeedKey}: expected a whole number, found '{text}'");
        return null;
    }

    private GoldenSamples? ReadGolden(SupernetGraph graph)
    {
        const string Prefix = CheckpointFormat.GoldenPrefix;
        if (!file.Tensors.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        // The input says how many images there are; without one the answers are read as if for one image, to name what else is wrong.
        var count = file.Tensors.GetValueOrDefault($"{Prefix}input")?.Shape is [var images, ..] ? images : 1;
        CheckTensor($"{Prefix}input", [count, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width]);
        foreach (var subnet in graph.Subnets)
        {
            CheckTensor($"{Prefix}logits.{subnet.Name}", [count, graph.Classes]);
        }

        if (graph.Gate is { } gate)
        {
            CheckTensor($"{Prefix}gate_logits", [count, gate.Candidates.Count]);
        }

        if (count is < 1 or > int.MaxValue)
        {
            faults.Add($"tensor '{Prefix}input': expected at least one image");
        }

        return faults.Count > 0 ? null : new GoldenSamples(
            (int)count,
            file.Singles($"{Prefix}input"),
            graph.Subnets.ToDictionary(subnet => subnet.Name, subnet => file.Singles($"{Prefix}logits.{subnet.Name}")),
            graph.Gate is null ? null : file.Singles($"{Prefix}gate_logits"));
    }

    private TensorValues? CheckTensor(string name, long[] shape, TensorRole? role = null)
    {
        expected.Add(name);
        if (!file.Tensors.TryGetValue(name, out var entry))
        {
            faults.Add($"tensor '{name}': expected, found none");
            return null;
        }

        if (entry.Type != TensorType.F32 || !entry.Shape.SequenceEqual(shape))
        {
            faults.Add($"tensor '{name}': expected F32 [{string.Join(", ", shape)}], found {entry.TypeName} {entry.ShapeText}");
            return null;
        }

        var values = file.Values(name);
        faults.AddRange(CheckpointRules.ValueFaults(name, values, role));
        return values;
    }

    private T? Parse<T>(string key, JsonTypeInfo<T> type)
        where T : class
    {
        if (!file.Metadata.TryGetValue(key, out var json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("found null");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new InvalidFileException(file.Path, $"metadata '{key}': {fault.Message}", fault);
        }
    }

    private InvalidFileException Fault(string reason) => new(file.Path, reason);
}
