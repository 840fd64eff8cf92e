namespace Slimmable.Training;

/// <summary>A published data set.</summary>
/// <param name="Name">One of <see cref="DataSets.Names"/>.</param>
public sealed record NamedSource(string Name) : DataSource
{
    /// <inheritdoc/>
    public override DataSet Load(string? folder, string recipeFolder) => DataSets.Load(Name, folder);
}
