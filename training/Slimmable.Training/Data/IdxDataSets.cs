using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// MNIST and the sets that were made to stand in its place: 60,000 grey 28x28 pictures to learn from and 10,000 to test on, in ten classes,
/// in four IDX files, plain or gzipped.
/// </summary>
public static class IdxDataSets
{
    /// <summary>Fashion-MNIST, pictures of clothes (Xiao, Rasul and Vollgraf, 2017).</summary>
    public static NamedDataSet FashionMnist { get; } = Create(
        "fashion-mnist",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        mean: 0.2860,
        std: 0.3530,
        new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34") with
    {
        UsualFolders = ["/usr/share/datasets/fashion-mnist"],
        Advice = "get them with 'slimmable data get fashion-mnist' or 'apt-get install dataset-fashion-mnist'",
    };

    /// <summary>MNIST, handwritten digits (LeCun, Cortes and Burges, 1998).</summary>
    public static NamedDataSet Mnist { get; } = Create(
        "mnist",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        mean: 0.1307,
        std: 0.3081,
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

    /// <summary>Kuzushiji-MNIST, a cursive Japanese character for each of ten rows of Hiragana (Clanuwat et al., 2018).</summary>
    public static NamedDataSet Kmnist { get; } = Create(
        "kmnist",
        ["お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"],
        mean: 0.1918,
        std: 0.3483,
        new("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
        "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
        "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
        "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
        "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c");

    private static NamedDataSet Create(string name, IReadOnlyList<string> labels, double mean, double std, Uri address, params IReadOnlyList<string> hashes)
    {
        string[] files = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        return new NamedDataSet
        {
            Name = name,
            Labels = labels,
            Preprocessing = new Preprocessing(1.0 / 255, [mean], [std]),
            Files = files,
            Source = new RemoteSource(address, [.. files.Zip(hashes, (file, hash) => new RemoteFile(file, hash))]),
            Advice = $"get them with 'slimmable data get {name}'",
            Read = (paths, classes) => (Read(paths[0], paths[1], classes), Read(paths[2], paths[3], classes)),
        };
    }

    private static ImageSet Read(string imagesPath, string labelsPath, int classes)
    {
        var (shape, pixels) = IdxFile.Read(imagesPath, rank: 3);
        if (pixels.Length == 0)
        {
            throw new InvalidFileException(imagesPath, $"expected at least one image with at least one pixel, found lengths {string.Join(", ", shape)} at offset 4");
        }

        var (_, labels) = IdxFile.Read(labelsPath, rank: 1);
        if (labels.Length != shape[0])
        {
            throw new InvalidFileException(labelsPath, $"expected a label for each of {shape[0]} images, found {labels.Length} at offset 4");
        }

        if (Array.FindIndex(labels, label => label >= classes) is >= 0 and var bad)
        {
            throw new InvalidFileException(labelsPath, $"expected labels below {classes}, found {labels[bad]} at offset {8 + bad}");
        }

        return new ImageSet(pixels, Array.ConvertAll(labels, label => (int)label), Channels: 1, shape[1], shape[2]);
    }
}
