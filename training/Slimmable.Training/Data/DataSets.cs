using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>The data sets that recipes can name.</summary>
public static class DataSets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<NamedDataSet> All { get; } =
        [IdxDataSets.FashionMnist, IdxDataSets.Mnist, IdxDataSets.Kmnist, CifarDataSets.Cifar10, CifarDataSets.Cifar100];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(set => set.Name)];

    /// <summary>A data set by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="SlimmableException">There is no such data set.</exception>
    public static NamedDataSet Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new SlimmableException($"data set '{name}': expected one of {string.Join(", ", Names)}");

    /// <summary>Loads a data set by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where its files are, or null to look in the usual places.</param>
    /// <exception cref="SlimmableException">There is no such data set, or its files are not there.</exception>
    /// <exception cref="InvalidFileException">A file is damaged.</exception>
    public static DataSet Load(string name, string? folder = null) => Find(name).Load(folder);

    /// <summary>Loads what a model is measured on: the test images of a data set, or all images of a file.</summary>
    /// <param name="nameOrFile">One of <see cref="Names"/>, or the path of an <see cref="ImageFile"/>.</param>
    /// <param name="folder">Where the named set's files are, or what the path is relative to; null for the usual places, or the present folder.</param>
    /// <param name="classes">How many classes the model knows.</param>
    /// <param name="labels">Their names, where the model has them.</param>
    /// <exception cref="SlimmableException">There is no such data set, its files are not there, or its classes are not the model's.</exception>
    /// <exception cref="InvalidFileException">A file is damaged.</exception>
    public static DataSet LoadForModel(string nameOrFile, string? folder, int classes, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(nameOrFile);
        var data = nameOrFile.EndsWith(ImageFile.Extension, StringComparison.Ordinal)
            ? WholeFile(Path.Combine(folder ?? string.Empty, nameOrFile), classes, labels)
            : Names.Contains(nameOrFile) ? Load(nameOrFile, folder)
            : throw new SlimmableException($"data set '{nameOrFile}': expected one of {string.Join(", ", Names)}, or a file whose name ends in {ImageFile.Extension}");
        return ClassNames.Difference(labels ?? ClassNames.Numbered(classes), "the model", data.Labels) is { } difference
            ? throw new SlimmableException($"data set {data.Name}: {difference}")
            : data;
    }

    private static DataSet WholeFile(string path, int classes, IReadOnlyList<string>? labels)
    {
        var file = ImageFile.Read(path, classes);
        var preprocessing = file.Preprocessing ?? ImageStatistics.PreprocessingOf(file.Images);
        return new DataSet(Path.GetFileName(path), file.Labels ?? labels ?? ClassNames.Numbered(classes), preprocessing, file.Images, file.Images);
    }
}
