using System.Text;

namespace Slimmable.Cli.Tests;

/// <summary>Damaged data sets of every format, as a user meets them: one line that names the file and the place, and nothing written.</summary>
[Collection(TrainedModel.Collection)]
public sealed class DamagedDataTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Idx()
    {
        TinyTask.WriteData(folder.File("data"), trainImages: 8);
        var images = File.ReadAllBytes(folder.File("data/train-images-idx3-ubyte"));

        Damage("data/train-images-idx3-ubyte", images[..100]);
        Refuse("\"fashion-mnist\"", "train-images-idx3-ubyte", "found the end at offset 100");
        Damage("data/train-images-idx3-ubyte", [.. images, 0]);
        Refuse("\"fashion-mnist\"", "train-images-idx3-ubyte", "6272 elements from offset 16, found more");
        Damage("data/train-images-idx3-ubyte", [1, .. images[1..]]);
        Refuse("\"mnist\"", "train-images-idx3-ubyte", "00 00 08 03 at offset 0");
        Damage("data/train-images-idx3-ubyte", [0x1f, 0x8b, 8, 0, .. images[..50]]);
        Refuse("\"kmnist\"", "train-images-idx3-ubyte", "cannot be read");
    }

    [Fact]
    public void Cifar()
    {
        foreach (var name in new[] { "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch" })
        {
            Damage($"data/{name}.bin", new byte[3073]);
        }

        Damage("data/data_batch_3.bin", new byte[5000]);
        Refuse("\"cifar-10\"", "data_batch_3.bin", "3073 bytes, found the end at offset 5000");
        Damage("data/data_batch_3.bin", [11, .. new byte[3072]]);
        Refuse("\"cifar-10\"", "data_batch_3.bin", "below 10, found 11 at offset 0");
        Refuse("\"cifar-100\"", "train.bin, test.bin", "data");
        Damage("data/train.bin", new byte[3074]);
        Damage("data/test.bin", [0, 100, .. new byte[3072]]);
        Refuse("\"cifar-100\"", "test.bin", "below 100, found 100 at offset 1");
    }

    [Fact]
    public void Safetensors()
    {
        const string Source = """{ "train": "own.safetensors" }""";
        const string Labels = "\"labels\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}";

        Damage("data/own.safetensors", "no tensors"u8.ToArray());
        Refuse(Source, "own.safetensors", "header");
        Damage("data/own.safetensors", Tensors($"{{{Labels},\"images\":{{\"dtype\":\"U8\",\"shape\":[1,1,2,2],\"data_offsets\":[8,12]}}}}", 11));
        Refuse(Source, "own.safetensors", "tensor 'images'", "beyond the 11 data bytes");
        Damage("data/own.safetensors", Tensors($"{{{Labels},\"images\":{{\"dtype\":\"U8\",\"shape\":[1,1,2,2],\"data_offsets\":[8,12]}}}}", 13));
        Refuse(Source, "own.safetensors", "bytes, found");
        Damage("data/own.safetensors", Tensors($"{{{Labels},\"images\":{{\"dtype\":\"F32\",\"shape\":[1,1,1,1],\"data_offsets\":[8,12]}}}}", 12));
        Refuse(Source, "own.safetensors", "tensor 'images'", "expected U8 [N, C, H, W]", "F32");
        Damage("data/own.safetensors", Tensors($"{{{Labels},\"images\":{{\"dtype\":\"U8\",\"shape\":[2,1,1,2],\"data_offsets\":[8,12]}}}}", 12));
        Refuse(Source, "own.safetensors", "tensor 'labels'", "expected I64 [2]");
        Refuse("""{ "train": "none.safetensors" }""", "none.safetensors", "cannot be read");
    }

    [Fact]
    public void Evaluation_refuses_as_training_does()
    {
        Damage("own.safetensors", new byte[20]);
        Damage("data/train.bin", new byte[3073]);
        Damage("data/test.bin", new byte[3074]);

        Run("evaluate", model.Path, "--data-set", "own.safetensors").Refused(1, "own.safetensors", "header");
        Run("evaluate", model.Bundle, "--data-set", "own.safetensors").Refused(1, "own.safetensors", "header");
        Run("evaluate", model.Path, "--data-set", "cifar-100", "--data", "data").Refused(1, "train.bin", "3074 bytes", "offset 3073");
        Run("evaluate", model.Path, "--data-set", model.Path).Refused(1, model.Path, "tensor 'images'");
    }

    /// <summary>So many data bytes behind a header.</summary>
    private static byte[] Tensors(string header, int data) =>
        [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    private void Damage(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllBytes(folder.File(name), content);
    }

    private void Refuse(string dataSet, params IReadOnlyList<string> mentions)
    {
        File.WriteAllText(folder.File("recipe.json"), File.ReadAllText(model.Recipe).Replace("\"fashion-mnist\"", dataSet, StringComparison.Ordinal));
        Run("train", "recipe.json", "--data", "data").Refused(1, mentions);
        Assert.DoesNotContain("tiny.safetensors", folder.Names());
    }

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);
}
