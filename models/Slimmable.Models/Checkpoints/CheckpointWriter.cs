using System.Globalization;
using System.Text.Json;

namespace Slimmable.Models;

/// <summary>Turns a checkpoint into tensors and metadata.</summary>
internal static class CheckpointWriter
{
    public static void Write(string path, ICheckpoint checkpoint)
    {
        if (CheckpointRules.FaultsOf(checkpoint) is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException($"checkpoint '{checkpoint.Graph.Name}'", faults);
        }

        var values = checkpoint.Tensors;
        var tensors = checkpoint.Graph.Tensors.Select<TensorSpec, TensorSource>(spec =>
            new StreamedTensor(spec.Name, [.. spec.FullShape.Select(length => (long)length)], values[spec.Name]));
        if (checkpoint.Golden is { } golden)
        {
            tensors = tensors.Concat(golden.ToTensors(checkpoint.Graph, CheckpointFormat.GoldenPrefix, checkpoint.Graph.Subnets));
        }

        SafetensorsWriter.Write(path, tensors, Metadata(checkpoint));
    }

    private static Dictionary<string, string> Metadata(ICheckpoint checkpoint)
    {
        var info = checkpoint.Info;
        var metadata = new Dictionary<string, string?>
        {
            [CheckpointFormat.FormatKey] = CheckpointFormat.Version,
            [CheckpointFormat.GraphKey] = JsonSerializer.Serialize(checkpoint.Graph.Definition, ModelsJson.Default.GraphDefinition),
            [CheckpointFormat.RecipeKey] = info.Recipe,
            [CheckpointFormat.SeedKey] = info.Seed?.ToString(CultureInfo.InvariantCulture),
            [CheckpointFormat.DataSetKey] = info.DataSet,
            [CheckpointFormat.LabelsKey] = info.Labels is null ? null : JsonSerializer.Serialize(info.Labels, ModelsJson.Default.IReadOnlyListString),
            [CheckpointFormat.PreprocessingKey] =
                info.Preprocessing is null ? null : JsonSerializer.Serialize(info.Preprocessing, ModelsJson.Default.Preprocessing),
            [CheckpointFormat.OperatingPointsKey] =
                info.OperatingPoints is null ? null : JsonSerializer.Serialize(info.OperatingPoints, ModelsJson.Default.IReadOnlyListOperatingPoint),
            [CheckpointFormat.AccuracyKey] = info.Accuracy is null ? null : JsonSerializer.Serialize(info.Accuracy, ModelsJson.Default.AccuracyReport),
        };
        return metadata.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
    }
}
