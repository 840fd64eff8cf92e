using System.Buffers.Binary;

namespace Slimmable.Cli.Tests;

/// <summary>A data set in IDX files, and a recipe, that a network is trained by in seconds.</summary>
internal static class TinyTask
{
    public const string Architecture = "ds-mbnet-fashion-quick";
    public const int TestImages = 200;

    /// <summary>Writes the four files that Fashion-MNIST has.</summary>
    public static string WriteData(string folder, int trainImages = 512)
    {
        Directory.CreateDirectory(folder);
        WriteSet(folder, "train", trainImages, seed: 1);
        WriteSet(folder, "t10k", TestImages, seed: 2);
        return folder;
    }

    /// <summary>Writes a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="epochs">Of Stage I.</param>
    /// <param name="gate">Further fields of Stage II, as JSON.</param>
    public static string WriteRecipe(string path, int epochs = 2, string? gate = null)
    {
        File.WriteAllText(path, $$"""
            {
              // Enough to be better than guessing.
              "name": "tiny",
              "architecture": "{{Architecture}}",
              "dataSet": "fashion-mnist",
              "seed": 7,
              "augmentation": { "shift": 1 },
              "stageOne": { "epochs": {{epochs}}, "stepsPerEpoch": 12, "batchSize": 32, "learningRate": 0.1, "randomSubnets": 1, "emaDecay": 0.9 },
              "calibration": { "batches": 4 },
              "stageTwo": { "epochs": 1, "stepsPerEpoch": 4, "batchSize": 32, "learningRate": 0.1{{(gate is null ? string.Empty : $", {gate}")}} },
            }
            """);
        return path;
    }

    private static void WriteSet(string folder, string name, int count, int seed)
    {
        var (pixels, labels) = TinyImages.Draw(count, seed);
        WriteIdx(Path.Combine(folder, $"{name}-images-idx3-ubyte"), pixels, count, TinyImages.Side, TinyImages.Side);
        WriteIdx(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), labels, count);
    }

    private static void WriteIdx(string path, byte[] elements, params int[] shape)
    {
        var header = new byte[4 + (4 * shape.Length)];
        header[2] = 0x08;
        header[3] = (byte)shape.Length;
        for (var index = 0; index < shape.Length; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * index)), shape[index]);
        }

        File.WriteAllBytes(path, [.. header, .. elements]);
    }
}
