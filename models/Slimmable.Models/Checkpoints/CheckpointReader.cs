using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slimmable.Models;

/// <summary>Turns an opened safetensors file into a checkpoint; lists every tensor that does not fit.</summary>
internal sealed class CheckpointReader(SafetensorsFile file)
{
    private readonly List<string> faults = [];

    public Checkpoint Read()
    {
        var format = file.Metadata.GetValueOrDefault(CheckpointFormat.FormatKey);
        if (format != CheckpointFormat.Version)
        {
            throw Fault($"expected {CheckpointFormat.FormatKey} '{CheckpointFormat.Version}' in the metadata, found {(format is null ? "none" : $"'{format}'")}");
        }

        var graph = ReadGraph();
        var info = ReadInfo(graph);
        var weights = new Dictionary<string, float[]>();
        foreach (var spec in graph.Tensors)
        {
            if (ReadTensor(spec.Name, [.. spec.FullShape.Select(length => (long)length)]) is { } values)
            {
                weights[spec.Name] = values;
                Require(
                    spec.Role != TensorRole.RunningVariance || values.All(value => value >= 0),
                    $"tensor '{spec.Name}': expected variances from 0 up, found a negative one");
            }
        }

        var golden = ReadGolden(graph, weights);
        foreach (var name in file.Tensors.Keys.Where(name => !weights.ContainsKey(name) && !name.StartsWith(CheckpointFormat.GoldenPrefix, StringComparison.Ordinal)))
        {
            Require(graph.Tensors.Any(spec => spec.Name == name), $"tensor '{name}': the graph has no such tensor");
        }

        return faults.Count == 0 ? new Checkpoint(graph, weights, info, golden) : throw Fault(string.Join("; ", faults));
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
            Accuracy = Parse(CheckpointFormat.AccuracyKey, ModelsJson.Default.AccuracyReport),
        };
        faults.AddRange(info.Preprocessing?.FaultsFor(graph.Axis(graph.Input.Channels).Largest) ?? []);
        Require(info.Labels is null || info.Labels.Count == graph.Classes, $"labels: expected {graph.Classes}, found {info.Labels?.Count}");
        return info;
    }

    private long? ReadSeed()
    {
        if (!file.Metadata.TryGetValue(CheckpointFormat.SeedKey, out var text))
        {
            return null;
        }

        Require(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed), $"{CheckpointFormat.SeedKey}: expected a whole number, found '{text}'");
        return seed;
    }

    private GoldenSamples? ReadGolden(SupernetGraph graph, Dictionary<string, float[]> weights)
    {
        const string Prefix = CheckpointFormat.GoldenPrefix;
        if (!file.Tensors.TryGetValue($"{Prefix}input", out var declared) || declared.Shape.Count == 0)
        {
            return null;
        }

        var count = declared.Shape[0];
        var input = ReadTensor($"{Prefix}input", [count, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width]);
        var logits = graph.Subnets.ToDictionary(subnet => subnet.Name, subnet => ReadTensor($"{Prefix}logits.{subnet.Name}", [count, graph.Classes]) ?? []);
        var gateLogits = graph.Gate is { } gate ? ReadTensor($"{Prefix}gate_logits", [count, gate.Candidates.Count]) : null;
        Require(count is > 0 and <= int.MaxValue, $"tensor '{Prefix}input': expected at least one image");
        return weights.Count > 0 && input is not null ? new GoldenSamples((int)count, input, logits, gateLogits) : null;
    }

    private float[]? ReadTensor(string name, long[] shape)
    {
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

        var values = file.Singles(name);
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        Require(bad < 0, $"tensor '{name}': expected finite numbers, found {(bad < 0 ? 0 : values[bad])} at element {bad}");
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

    private void Require(bool condition, string fault)
    {
        if (!condition)
        {
            faults.Add(fault);
        }
    }
}
