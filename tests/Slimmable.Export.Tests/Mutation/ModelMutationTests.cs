using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;
using Slimmable.Tests;
using Xunit.Abstractions;
using static Slimmable.Export.Onnx.TensorProto.Types;

namespace Slimmable.Export.Tests;

/// <summary>The checker reads files of all kinds that a bundle has, and one whose weights are in a file beside it.</summary>
public sealed class ModelMutationTests(ITestOutputHelper output) : IDisposable
{
    private const string Name = "mutant.onnx";
    private const string WeightsName = "weights.bin";
    private const string SecretName = "secret.bin";
    private const int Seed = 20_210_401;

    private readonly TemporaryFolder exported = new();
    private readonly MutantFolder folder = new();
    private readonly PathTricks tricks = new();

    public void Dispose()
    {
        exported.Dispose();
        folder.Dispose();
        tricks.Dispose();
    }

    [Fact]
    public void Ten_thousand_mutated_files_are_read_right_or_refused()
    {
        var seeds = Seeds();
        new MutationRun("ONNX", output).Run(
            Seed,
            random => random.Next(8) == 0 ? MakeExternal(seeds[0], random) : Make(seeds[random.Next(seeds.Count)], random),
            Check);
    }

    private Mutant Make(byte[] whole, Random random)
    {
        var (file, mutation) = random.Next(20) switch
        {
            < 14 => WireMutations.Apply(whole, random),
            < 19 => ByteMutations.Apply(whole, random),
            _ => (whole, ""),
        };
        var path = folder.Renew(Name, file);
        return new Mutant(mutation.Length > 0 ? mutation : tricks.Apply(path, random).Mutation, file.Length);
    }

    /// <summary>Weights in another file: the reference, the file or the model is mutated, or the reference leads to the same weights outside the folder.</summary>
    private Mutant MakeExternal(byte[] whole, Random random)
    {
        var model = ModelProto.Parser.ParseFrom(whole);
        var weights = MoveWeightsOut(model, WeightsName);
        var path = folder.Renew(Name, []);
        File.WriteAllBytes(folder.File(WeightsName), weights);
        var secret = Path.Combine(Path.GetDirectoryName(folder.Path)!, SecretName);
        File.WriteAllBytes(secret, weights);
        string mutation;
        var leadsOutside = false;
        byte[]? file = null;
        switch (random.Next(4))
        {
            case 0:
                string[] ways = [$"../{SecretName}", secret, $"./../{SecretName}", $"{Path.GetFileName(folder.Path)}/../../{SecretName}", $"..\\{SecretName}"];
                mutation = ways[random.Next(ways.Length)];
                leadsOutside = true;
                Refer(model, mutation);
                break;
            case 1:
                (mutation, leadsOutside) = tricks.Apply(folder.File(WeightsName), random);
                break;
            case 2:
                (file, mutation) = WireMutations.Apply(model.ToByteArray(), random);
                break;
            default:
                var (damaged, what) = ByteMutations.Apply(weights, random);
                File.WriteAllBytes(folder.File(WeightsName), damaged);
                mutation = $"{what} in {WeightsName}";
                break;
        }

        file ??= model.ToByteArray();
        File.WriteAllBytes(path, file);
        return new Mutant(mutation, file.Length + weights.Length) { LeadsOutside = leadsOutside };
    }

    private Action Check()
    {
        var path = folder.File(Name);
        var faults = ModelChecker.Check(path);
        return faults.Count == 0 ? () => Prove(path) : throw new InvalidFileException(path, $"{faults[0]}");
    }

    /// <summary>Looks at the model by itself: what is read was made before, nothing is made twice, weights are as long as their shapes.</summary>
    private static void Prove(string path)
    {
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph;
        var made = new HashSet<string>();
        Prove(graph, made);
        Assert.All(graph.Output, value => Assert.Contains(value.Name, made));
    }

    private static void Prove(GraphProto graph, HashSet<string> made)
    {
        foreach (var weight in graph.Initializer)
        {
            var size = weight.DataType switch { (int)DataType.Float => 4, (int)DataType.Int64 => 8, (int)DataType.Float16 => 2, _ => 1 };
            Assert.True(weight.DataLocation == DataLocation.External || weight.Dims.Aggregate((Int128)size, (product, length) => product * length) == weight.RawData.Length);
        }

        Assert.All(graph.Input.Select(value => value.Name).Concat(graph.Initializer.Select(weight => weight.Name)), name => Assert.True(made.Add(name), name));
        foreach (var node in graph.Node)
        {
            Assert.All(node.Input.Where(name => name.Length > 0), name => Assert.Contains(name, made));
            Assert.All(node.Attribute.Select(attribute => attribute.G).Where(branch => branch is not null), branch => Prove(branch, made));
            Assert.All(node.Output, name => Assert.True(made.Add(name), name));
        }
    }

    /// <summary>Every graph of a bundle, the smallest first.</summary>
    private List<byte[]> Seeds()
    {
        var bundle = exported.File("bundle");
        BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator()), bundle, new ExportOptions { Full = true, Routed = true });
        return [.. Directory.EnumerateFiles(bundle, "*.onnx").Select(File.ReadAllBytes).OrderBy(file => file.Length)];
    }

    private static byte[] MoveWeightsOut(ModelProto model, string file)
    {
        var weights = new List<byte>();
        foreach (var weight in model.Graph.Initializer)
        {
            weight.DataLocation = DataLocation.External;
            weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
            weight.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{weights.Count}" });
            weight.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{weight.RawData.Length}" });
            weights.AddRange(weight.RawData.Span);
            weight.ClearRawData();
        }

        return [.. weights];
    }

    private static void Refer(ModelProto model, string file)
    {
        foreach (var weight in model.Graph.Initializer)
        {
            weight.ExternalData[0].Value = file;
        }
    }
}
