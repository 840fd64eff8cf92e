using System.Globalization;
using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// The file beside a checkpoint that a run can be resumed from: safetensors, replaced as a whole, so that a run killed at any moment leaves a
/// good one.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="fingerprint">Of the recipe and the data: a state of other ones is refused.</param>
internal sealed class StateFile(string path, string fingerprint)
{
    private const string FormatKey = "slimmable.resume";
    private const string FingerprintKey = "slimmable.fingerprint";
    private const string StageKey = "slimmable.stage";
    private const string StepsKey = "slimmable.steps";
    private const string MeterKey = "slimmable.meter";
    private const string Version = "1";

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Writes the state, in place of the last.</summary>
    /// <exception cref="InvalidFileException">The file cannot be written; the last one is still there.</exception>
    public void Write(TrainingState state)
    {
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = Version,
            [FingerprintKey] = fingerprint,
            [StageKey] = state.Stage,
            [StepsKey] = state.Steps.ToString(CultureInfo.InvariantCulture),
            [MeterKey] = JsonSerializer.Serialize(new(state.Meter), MetricsJson.Default.DictionaryStringMeterSum),
        };
        SafetensorsWriter.Write(path, state.Tensors.Select(pair => TensorData.Of(pair.Key, pair.Value.Values.AsSpan(), [.. pair.Value.Shape])), metadata);
    }

    /// <summary>Reads the state, or gives null where there is none.</summary>
    /// <exception cref="InvalidFileException">The file is damaged or of another recipe or data set.</exception>
    public TrainingState? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = SafetensorsFile.Open(path);
        Expect(file, FormatKey, Version, "a state to resume from, of version 1");
        Expect(file, FingerprintKey, fingerprint, "the state of a run with this recipe and this data");
        if (!file.Metadata.TryGetValue(StageKey, out var stage)
            || !long.TryParse(file.Metadata.GetValueOrDefault(StepsKey), NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            throw new InvalidFileException(path, $"expected {StageKey} and {StepsKey} in the metadata");
        }

        return new TrainingState(stage, steps, Meter(file), file.Tensors.ToDictionary(pair => pair.Key, pair => new ResumeTensor(pair.Value.Shape, Values(file, pair.Value))));
    }

    /// <summary>Removes the state of a run that is complete.</summary>
    public void Delete() => File.Delete(path);

    /// <summary>States of earlier versions have none.</summary>
    private Dictionary<string, MeterSum> Meter(SafetensorsFile file)
    {
        try
        {
            return JsonSerializer.Deserialize(file.Metadata.GetValueOrDefault(MeterKey, "{}"), MetricsJson.Default.DictionaryStringMeterSum)!;
        }
        catch (JsonException fault)
        {
            throw new InvalidFileException(path, $"{MeterKey}: {fault.Message}", fault);
        }
    }

    private float[] Values(SafetensorsFile file, TensorEntry entry) => entry.Type == TensorType.F32
        ? file.Singles(entry.Name)
        : throw new InvalidFileException(path, $"tensor '{entry.Name}': expected F32, found {entry.TypeName}");

    private void Expect(SafetensorsFile file, string key, string value, string what)
    {
        if (file.Metadata.GetValueOrDefault(key) != value)
        {
            throw new InvalidFileException(path, $"expected {what}, found another; delete it to start anew");
        }
    }
}
