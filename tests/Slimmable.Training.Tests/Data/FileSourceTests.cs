using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class FileSourceTests
{
    private static readonly Preprocessing Stated = new(1.0 / 255, [0.25], [0.5]);

    [Fact]
    public void Two_files_are_the_two_parts_and_the_first_says_what_the_classes_are()
    {
        using var folder = new TempFolder();
        Write(folder, "train.safetensors", [0, 1, 2, 3], ["a", "b", "c", "d"], Stated);
        Write(folder, "test.safetensors", [3, 0], names: null, new Preprocessing(1, [9], [9]));

        var data = new FileSource("train.safetensors", "test.safetensors").Load(folder: null, folder.Path);

        Assert.Equal(("train.safetensors", new DataShape(1, 2, 2, 4)), (data.Name, data.Shape));
        Assert.Equal(["a", "b", "c", "d"], data.Labels);
        Assert.Equal((0.25, 0.5), (data.Preprocessing.Mean[0], data.Preprocessing.Std[0]));
        Assert.Equal([0, 1, 2, 3], data.Train.Labels);
        Assert.Equal([3, 0], data.Test.Labels);
    }

    [Fact]
    public void Without_names_and_preprocessing_both_are_found_out_from_the_training_images()
    {
        using var folder = new TempFolder();
        Write(folder, "train.safetensors", [0, 4, 2], names: null, preprocessing: null);
        Write(folder, "test.safetensors", [1], names: null, preprocessing: null);

        var data = new FileSource("train.safetensors", "test.safetensors").Load(folder: null, folder.Path);

        Assert.Equal(["0", "1", "2", "3", "4"], data.Labels);
        var values = new float[data.Train.Pixels.Length];
        data.Preprocessing.Apply(data.Train.Pixels, data.Train.PixelsPerChannel, values);
        Assert.Equal(0, values.Average(value => (double)value), 1e-6);
        Assert.Equal(1, values.Average(value => (double)value * value), 1e-5);
    }

    [Fact]
    public void Alone_every_tenth_image_of_each_class_is_held_out()
    {
        using var folder = new TempFolder();
        int[] labels = [.. Enumerable.Range(0, 47).Select(index => index % 2)];
        Write(folder, "all.safetensors", labels, names: null, preprocessing: null);

        var data = new FileSource("all.safetensors", Test: null).Load(folder: null, folder.Path);

        Assert.Equal((43, 4), (data.Train.Count, data.Test.Count));
        Assert.Equal([0, 1, 0, 1], data.Test.Labels);
        Assert.Equal([18, 19, 38, 39], Enumerable.Range(0, 4).Select(index => (int)data.Test.Image(index)[0]));
    }

    [Fact]
    public void Too_few_to_hold_any_out_are_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "all.safetensors", [.. Enumerable.Range(0, 18).Select(index => index % 2)], names: null, preprocessing: null);

        Assert.Equal(
            $"{folder.File("all.safetensors")}: expected a class with at least 10 images, to hold every tenth out for testing, found 18 images in 2 classes",
            Assert.Throws<InvalidFileException>(() => new FileSource("all.safetensors", null).Load(null, folder.Path)).Message);
    }

    [Fact]
    public void Test_images_of_other_classes_or_another_shape_are_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "train.safetensors", [0, 1, 2], ["a", "b", "c"], Stated);
        var path = folder.File("test.safetensors");
        string Refused() => Assert.ThrowsAny<SlimmableException>(() => new FileSource("train.safetensors", "test.safetensors").Load(null, folder.Path)).Message;

        Write(folder, "test.safetensors", [0], ["a", "c", "b"], Stated);
        Assert.Equal($"{path}: expected class 1 to be 'b', as in the training images, found 'c'", Refused());
        Write(folder, "test.safetensors", [0], ["a", "b"], Stated);
        Assert.Equal($"{path}: expected 3 classes, as in the training images, found 2", Refused());
        Write(folder, "test.safetensors", [3], names: null, preprocessing: null);
        Assert.StartsWith($"{path}: tensor 'labels': expected labels in 0..2, found 3 at offset ", Refused(), StringComparison.Ordinal);
        ImageFile.Write(path, new ImageSet(new byte[9], [0], 1, 3, 3), ["a", "b", "c"], Stated);
        Assert.Equal("data set train.safetensors: expected test images of (1, 2, 2), as the training images are, found (1, 3, 3)", Refused());
        File.Delete(path);
        Assert.StartsWith($"{path}: cannot be read: ", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_relative_to_the_recipe_or_to_the_folder_that_is_given()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("sub"));
        Write(folder, "sub/train.safetensors", [0, 1], ["a", "b"], Stated);
        Write(folder, "test.safetensors", [1], ["a", "b"], Stated);

        Assert.Equal(1, new FileSource("sub/train.safetensors", "test.safetensors").Load(null, folder.Path).Test.Count);
        Assert.Equal(1, new FileSource("train.safetensors", "../test.safetensors").Load(folder.File("sub"), "elsewhere").Test.Count);
        Assert.Equal(1, new FileSource(folder.File("sub/train.safetensors"), folder.File("test.safetensors")).Load(null, "elsewhere").Test.Count);
    }

    [Fact]
    public void A_model_is_measured_on_all_images_of_a_file()
    {
        using var folder = new TempFolder();
        Write(folder, "mine.safetensors", [0, 1, 1], names: null, preprocessing: null);

        var data = DataSets.LoadForModel("mine.safetensors", folder.Path, classes: 4, ["a", "b", "c", "d"]);

        Assert.Equal((3, 4, "d"), (data.Test.Count, data.Labels.Count, data.Labels[3]));
        Assert.Equal(["0", "1"], DataSets.LoadForModel(folder.File("mine.safetensors"), null, classes: 2, labels: null).Labels);
    }

    [Fact]
    public void A_file_whose_classes_are_not_the_models_is_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "mine.safetensors", [0, 1, 1], ["a", "b"], Stated);
        string Refused(int classes, params string[] labels) =>
            Assert.Throws<SlimmableException>(() => DataSets.LoadForModel("mine.safetensors", folder.Path, classes, labels)).Message;

        Assert.Equal("data set mine.safetensors: expected class 0 to be 'b', as in the model, found 'a'", Refused(2, "b", "a"));
        Assert.Equal("data set mine.safetensors: expected 3 classes, as in the model, found 2", Refused(3, "a", "b", "c"));
        Assert.EndsWith(
            ", or a file whose name ends in .safetensors",
            Assert.Throws<SlimmableException>(() => DataSets.LoadForModel("mine.bin", folder.Path, 2, labels: null)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>2x2 images whose every pixel is the image's place in the file.</summary>
    private static void Write(TempFolder folder, string name, int[] labels, IReadOnlyList<string>? names, Preprocessing? preprocessing)
    {
        byte[] pixels = [.. Enumerable.Range(0, labels.Length).SelectMany(index => Enumerable.Repeat((byte)index, 4))];
        if (names is not null && preprocessing is not null)
        {
            ImageFile.Write(folder.File(name), new ImageSet(pixels, labels, 1, 2, 2), names, preprocessing);
            return;
        }

        TensorData[] tensors = [TensorData.Of("images", pixels, labels.Length, 1, 2, 2), TensorData.Of("labels", Array.ConvertAll(labels, label => (long)label), labels.Length)];
        SafetensorsWriter.Write(folder.File(name), tensors);
    }
}
