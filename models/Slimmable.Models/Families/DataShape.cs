namespace Slimmable.Models;

/// <summary>What a network is built for: the images that go in and the classes that come out.</summary>
/// <param name="Channels">Image channels: 1 for grey, 3 for RGB.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Classes">How many classes.</param>
public sealed record DataShape(int Channels, int Height, int Width, int Classes)
{
    /// <summary>ImageNet as the papers use it: RGB, 224x224, 1000 classes.</summary>
    public static DataShape ImageNet { get; } = new(3, 224, 224, 1000);

    /// <summary>CIFAR-10: RGB, 32x32, 10 classes.</summary>
    public static DataShape Cifar10 { get; } = new(3, 32, 32, 10);
}
