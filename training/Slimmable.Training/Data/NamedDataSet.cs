using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A published data set: the facts about it, where its files may lie, and how they are read.</summary>
public sealed record NamedDataSet
{
    private const string Zipped = ".gz";

    /// <summary>The name in recipes.</summary>
    public required string Name { get; init; }

    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Mean and standard deviation of the training images, as they are published.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The names of its files; one that ends in <c>.gz</c> may lie there unzipped, without that ending.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Where its files can be had one by one, or null where they come in an archive.</summary>
    public RemoteSource? Source { get; init; }

    /// <summary>Other places to look in than <see cref="DownloadFolder"/>.</summary>
    public IReadOnlyList<string> UsualFolders { get; init; } = [];

    /// <summary>The folder that its archive unpacks to, beside which files are looked for, too.</summary>
    public string Subfolder { get; init; } = string.Empty;

    /// <summary>How to come by the files, as the end of a sentence about what is missing.</summary>
    public required string Advice { get; init; }

    /// <summary>Where downloads go where nothing else is said: a folder of the user's own.</summary>
    public string DownloadFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "slimmable", Name);

    /// <summary>Reads the files at the paths, in the order of <see cref="Files"/>; labels are below the number of classes.</summary>
    public required Func<IReadOnlyList<string>, int, (ImageSet Train, ImageSet Test)> Read { get; init; }

    /// <summary>The folder that holds all files, or null where none does.</summary>
    /// <param name="folder">The only folder to look in, or null for the usual ones: the download folder first.</param>
    public string? Find(string? folder = null) => Candidates(folder)
        .SelectMany(candidate => new[] { candidate, Path.Combine(candidate, Subfolder) })
        .FirstOrDefault(candidate => Files.All(file => PathOf(candidate, file) is not null));

    /// <summary>Loads the data set.</summary>
    /// <param name="folder">The folder of the files, or null to look in the usual ones.</param>
    /// <exception cref="SlimmableException">No folder holds the files; the message names them and says how to get them.</exception>
    /// <exception cref="InvalidFileException">A file is damaged; the message has the offset.</exception>
    public DataSet Load(string? folder = null)
    {
        var found = Find(folder) ?? throw new SlimmableException(
            $"data set {Name}: expected {string.Join(", ", Files)} in {string.Join(" or ", Candidates(folder))}; {Advice}, or name their folder with --data");
        var (train, test) = Read([.. Files.Select(file => PathOf(found, file)!)], Labels.Count);
        return new DataSet(Name, Labels, Preprocessing, train, test).WithOneShape();
    }

    private string[] Candidates(string? folder) => folder is null ? [DownloadFolder, .. UsualFolders] : [folder];

    private static string? PathOf(string folder, string file)
    {
        string[] names = file.EndsWith(Zipped, StringComparison.Ordinal) ? [file, file[..^Zipped.Length]] : [file];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
