using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary>Finds the data set that a model is measured on.</summary>
internal static class TestData
{
    /// <summary>Loads what the user named, or else what the model was trained on.</summary>
    /// <param name="model">The model's path, for messages.</param>
    /// <param name="named">What the user named, or null.</param>
    /// <param name="trainedOn">
    /// What the model says it was trained on, or null. That may be a file of somebody's own; only a name that is known here finds it again.
    /// </param>
    /// <param name="folder">Where the data set's files are, or null for the usual places.</param>
    /// <param name="classes">How many classes the model knows.</param>
    /// <param name="labels">Their names, where the model has them.</param>
    /// <exception cref="SlimmableException">There is no such data set, its files are not there or damaged, or its classes are not the model's.</exception>
    public static DataSet Load(string model, string? named, string? trainedOn, string? folder, int classes, IReadOnlyList<string>? labels) =>
        (named ?? (DataSets.Names.Contains(trainedOn) ? trainedOn : null)) is { } name
            ? DataSets.LoadForModel(name, folder, classes, labels)
            : throw new InvalidFileException(
                model, $"expected a model trained on one of {string.Join(", ", DataSets.Names)}; name a data set or its file with --data-set");
}
