using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 grey 28x28 pictures of clothes to learn from and 10,000 to test on, in ten classes.
/// Read from IDX files, plain or gzipped.
/// </summary>
public static class FashionMnist
{
    /// <summary>The name in recipes.</summary>
    public const string Name = "fashion-mnist";

    /// <summary>Where Debian's package dataset-fashion-mnist puts the files.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private const int Classes = 10;

    /// <summary>Where the authors serve the files.</summary>
    public static Uri Source { get; } = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

    /// <summary>The files and the hashes of their content.</summary>
    public static IReadOnlyList<RemoteFile> Files { get; } =
    [
        new("train-images-idx3-ubyte.gz", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new("train-labels-idx1-ubyte.gz", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new("t10k-images-idx3-ubyte.gz", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new("t10k-labels-idx1-ubyte.gz", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    /// <summary>Where downloads go where nothing else is said: a folder of the user's own.</summary>
    public static string DownloadFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "slimmable", Name);

    /// <summary>The folder that holds all files, or null where none does.</summary>
    /// <param name="folder">The only folder to look in, or null for the usual ones: the download folder, then Debian's.</param>
    public static string? Find(string? folder = null) => Candidates(folder).FirstOrDefault(candidate => Files.All(file => PathOf(candidate, file) is not null));

    /// <summary>Loads the data set.</summary>
    /// <param name="folder">The folder of the IDX files, or null to look in the usual ones.</param>
    /// <exception cref="SlimmableException">No folder holds the files; the message says how to get them.</exception>
    /// <exception cref="InvalidFileException">A file is damaged; the message has the offset.</exception>
    public static DataSet Load(string? folder = null)
    {
        var found = Find(folder) ?? throw new SlimmableException(
            $"data set {Name}: expected {string.Join(", ", Files.Select(file => file.Name))} in {string.Join(" or ", Candidates(folder))}; "
            + $"get them with 'slimmable data get {Name}' or 'apt-get install dataset-fashion-mnist', or name their folder with --data");
        return new DataSet(
            Name,
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            new Preprocessing(1.0 / 255, [0.2860], [0.3530]),
            Read(PathOf(found, Files[0])!, PathOf(found, Files[1])!),
            Read(PathOf(found, Files[2])!, PathOf(found, Files[3])!));
    }

    private static string[] Candidates(string? folder) => folder is null ? [DownloadFolder, DebianFolder] : [folder];

    private static string? PathOf(string folder, RemoteFile file)
    {
        string[] names = [file.Name, Path.GetFileNameWithoutExtension(file.Name)];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static ImageSet Read(string imagesPath, string labelsPath)
    {
        var (shape, pixels) = IdxFile.Read(imagesPath, rank: 3);
        var (_, labels) = IdxFile.Read(labelsPath, rank: 1);
        if (labels.Length != shape[0])
        {
            throw new InvalidFileException(labelsPath, $"expected a label for each of {shape[0]} images, found {labels.Length}");
        }

        if (Array.FindIndex(labels, label => label >= Classes) is >= 0 and var bad)
        {
            throw new InvalidFileException(labelsPath, $"expected labels below {Classes}, found {labels[bad]} at offset {8 + bad}");
        }

        return new ImageSet(pixels, labels, Channels: 1, shape[1], shape[2]);
    }
}
