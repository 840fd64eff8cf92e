using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class ImageFileTests
{
    private static readonly byte[] Pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private static readonly TensorData Images = TensorData.Of("images", Pixels, 2, 1, 2, 3);
    private static readonly TensorData Labels = TensorData.Of("labels", new long[] { 1, 0 }, 2);

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TempFolder();
        var images = new ImageSet(Pixels, [1, 0], 1, 2, 3);

        ImageFile.Write(folder.File("a.safetensors"), images, ["cat", "犬"], new Preprocessing(1.0 / 255, [0.25], [0.5]));

        var file = ImageFile.Read(folder.File("a.safetensors"));
        Assert.Equal((1, 2, 3), (file.Images.Channels, file.Images.Height, file.Images.Width));
        Assert.Equal(Pixels, file.Images.Pixels);
        Assert.Equal([1, 0], file.Images.Labels);
        Assert.Equal(["cat", "犬"], file.Labels);
        Assert.Equal((1.0 / 255, 0.25, 0.5), (file.Preprocessing!.Scale, file.Preprocessing.Mean[0], file.Preprocessing.Std[0]));
    }

    [Fact]
    public void Two_tensors_are_enough_and_others_are_let_be()
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder.File("a.safetensors"), [Images, Labels, TensorData.Of("ids", new long[] { 4, 5 }, 2)], Metadata("format", "pt"));

        var file = ImageFile.Read(folder.File("a.safetensors"));

        Assert.Equal(2, file.Images.Count);
        Assert.Null(file.Labels);
        Assert.Null(file.Preprocessing);
    }

    [Fact]
    public void Images_of_another_type_or_shape_are_refused()
    {
        Refuse("tensor 'images': expected, found none", Labels);
        Refuse("tensor 'images': expected U8 [N, C, H, W] with at least one image, found F32 [1, 1, 1, 2]", TensorData.Of("images", [1f, 2f], 1, 1, 1, 2), Labels);
        Refuse("tensor 'images': expected U8 [N, C, H, W] with at least one image, found U8 [2, 6]", TensorData.Of("images", Pixels, 2, 6), Labels);
        Refuse("tensor 'images': expected U8 [N, C, H, W] with at least one image, found U8 [0, 1, 2, 3]", TensorData.Of("images", ReadOnlySpan<byte>.Empty, 0, 1, 2, 3), Labels);
        Refuse("tensor 'images': expected the channels before the rows, [N, C, H, W], found U8 [2, 6, 1, 1]", TensorData.Of("images", Pixels, 2, 6, 1, 1), Labels);
        Refuse("tensor 'images': expected at most 1024 channels, found U8 [2, 1025, 1, 5]", TensorData.Of("images", new byte[2 * 1025 * 5], 2, 1025, 1, 5), Labels);
    }

    [Fact]
    public void Labels_of_another_type_number_or_class_are_refused()
    {
        Refuse("tensor 'labels': expected, found none", Images);
        Refuse("tensor 'labels': expected I64 [2], a label for each image, found I64 [3]", Images, TensorData.Of("labels", new long[] { 0, 0, 0 }, 3));
        Refuse("tensor 'labels': expected I64 [2], a label for each image, found I64 [2, 1]", Images, TensorData.Of("labels", new long[] { 0, 0 }, 2, 1));
        Refuse("tensor 'labels': expected I64 [2], a label for each image, found U8 [2]", Images, TensorData.Of("labels", new byte[] { 0, 0 }, 2));
    }

    [Theory]
    [InlineData(-1, "65535")]
    [InlineData(65_536, "65535")]
    [InlineData(long.MaxValue, "65535")]
    [InlineData(2, "1", "labels", """["a", "b"]""")]
    public void A_label_beyond_the_classes_is_refused_with_its_offset(long label, string most, params string[] metadata)
    {
        using var folder = new TempFolder();
        var path = folder.File("a.safetensors");
        SafetensorsWriter.Write(path, [Images, TensorData.Of("labels", new[] { 0L, label }, 2)], metadata.Length == 0 ? null : Metadata(metadata[0], metadata[1]));
        var offset = File.ReadAllBytes(path).Length - Pixels.Length - sizeof(long);

        Assert.Equal(
            $"{path}: tensor 'labels': expected labels in 0..{most}, found {label} at offset {offset}",
            Assert.Throws<InvalidFileException>(() => ImageFile.Read(path)).Message);
    }

    [Theory]
    [InlineData("labels", "[]", "metadata 'labels': expected 1..65536 names, found 0")]
    [InlineData("labels", "[\"a\", null]", "metadata 'labels': expected 1..65536 names, found 2 with null among them")]
    [InlineData("labels", "{}", "metadata 'labels': The JSON value could not be converted")]
    [InlineData("labels", "null", "metadata 'labels': found null")]
    [InlineData("preprocessing", "{", "metadata 'preprocessing': ")]
    [InlineData("preprocessing", """{ "scale": 1, "mean": [0] }""", "metadata 'preprocessing': ")]
    [InlineData("preprocessing", """{ "scale": 1, "mean": null, "std": [1] }""", "metadata 'preprocessing': ")]
    [InlineData("preprocessing", """{ "scale": 0, "mean": [0, 0], "std": [-1] }""", "metadata 'preprocessing': preprocessing.scale: expected above 0, found 0; preprocessing.mean: expected 1 finite numbers, found [0, 0]; ")]
    public void Metadata_that_is_not_what_it_should_be_is_refused(string key, string json, string message)
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder.File("a.safetensors"), [Images, Labels], Metadata(key, json));

        var fault = Assert.Throws<InvalidFileException>(() => ImageFile.Read(folder.File("a.safetensors")));

        Assert.StartsWith($"{folder.File("a.safetensors")}: {message}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_anywhere_or_too_long_it_is_refused()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.safetensors");
        ImageFile.Write(path, new ImageSet(Pixels, [1, 0], 1, 2, 3), ["cat", "dog"], new Preprocessing(1, [0], [1]));
        var whole = File.ReadAllBytes(path);

        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.StartsWith(path, Assert.Throws<InvalidFileException>(() => ImageFile.Read(path)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(path, [.. whole, 0]);
        Assert.Equal($"{path}: expected {whole.Length} bytes, found {whole.Length + 1}", Assert.Throws<InvalidFileException>(() => ImageFile.Read(path)).Message);
    }

    private static Dictionary<string, string> Metadata(string key, string value) => new() { [key] = value };

    private static void Refuse(string reason, params TensorData[] tensors)
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder.File("a.safetensors"), tensors, Metadata("labels", JsonSerializer.Serialize(new[] { "a", "b" })));

        var fault = Assert.Throws<InvalidFileException>(() => ImageFile.Read(folder.File("a.safetensors")));

        Assert.Equal($"{folder.File("a.safetensors")}: {reason}", fault.Message);
    }
}
