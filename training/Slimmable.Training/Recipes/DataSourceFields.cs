namespace Slimmable.Training;

/// <summary>Reads where a recipe's images come from: the name of a data set, or an object with files.</summary>
internal static class DataSourceFields
{
    public static DataSource Read(RecipeFields fields, string name) => fields.HoldsObject(name)
        ? fields.Object(name, ReadFiles, required: true)!
        : new NamedSource(fields.Text(name, DataSets.Names));

    private static FileSource ReadFiles(RecipeFields fields) =>
        new(fields.FilePath("train", required: true) ?? string.Empty, fields.FilePath("test", required: false));
}
