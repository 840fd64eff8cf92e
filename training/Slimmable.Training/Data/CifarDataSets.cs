using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// CIFAR-10 and CIFAR-100 in their binary version (Krizhevsky, 2009): 50,000 RGB 32x32 pictures to learn from and 10,000 to test on.
/// </summary>
public static class CifarDataSets
{
    private const int CoarseClasses = 20;

    /// <summary>CIFAR-10: ten kinds of vehicles and animals.</summary>
    public static NamedDataSet Cifar10 { get; } = new()
    {
        Name = "cifar-10",
        Labels = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        Preprocessing = new Preprocessing(1.0 / 255, [0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]),
        Files = ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"],
        Subfolder = "cifar-10-batches-bin",
        Advice = "unpack https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz there",
        Read = (paths, classes) => (CifarFile.Read([.. paths.SkipLast(1)], [classes]), CifarFile.Read([paths[^1]], [classes])),
    };

    /// <summary>CIFAR-100: a hundred kinds of things, the fine labels.</summary>
    public static NamedDataSet Cifar100 { get; } = new()
    {
        Name = "cifar-100",
        Labels =
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
            "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
            "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
            "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
            "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
            "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
            "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
            "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
            "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
            "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
        ],
        Preprocessing = new Preprocessing(1.0 / 255, [0.5071, 0.4865, 0.4409], [0.2673, 0.2564, 0.2762]),
        Files = ["train.bin", "test.bin"],
        Subfolder = "cifar-100-binary",
        Advice = "unpack https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz there",
        Read = (paths, classes) => (CifarFile.Read([paths[0]], [CoarseClasses, classes]), CifarFile.Read([paths[1]], [CoarseClasses, classes])),
    };
}
