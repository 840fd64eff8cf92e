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
}
