using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Where a run's images come from: <see cref="NamedSource"/> or <see cref="FileSource"/>.</summary>
public abstract record DataSource
{
    /// <summary>Loads the data set.</summary>
    /// <param name="folder">The folder of its files, or null for where they usually are.</param>
    /// <param name="recipeFolder">The folder of the recipe, which the paths of files of one's own are relative to; empty for the present one.</param>
    /// <exception cref="SlimmableException">Its files are not there, or do not fit each other.</exception>
    /// <exception cref="InvalidFileException">A file is damaged; the message has the tensor or the offset.</exception>
    public abstract DataSet Load(string? folder, string recipeFolder);
}
