using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>A network that the program trained and exported, made once for the tests that only look at it.</summary>
public sealed class TrainedModel : IDisposable
{
    /// <summary>The collection that shares it.</summary>
    public const string Collection = "trained model";

    private readonly TemporaryFolder folder = new();

    public TrainedModel()
    {
        Data = TinyTask.WriteData(folder.File("data"));
        Recipe = TinyTask.WriteRecipe(folder.File("tiny.json"));
        AsTrained = folder.File("trained.safetensors");
        Training = SlimmableProgram.Run(folder.Path, "train", Recipe, "--data", Data, "--out", AsTrained, "--threads", "2").Succeeded();
        Path = folder.File("even.safetensors");
        Content = EvenGate.In(Checkpoint.Read(AsTrained));
        Content.Write(Path);
        Bundle = folder.File("bundle");
        SlimmableProgram.Run(folder.Path, "export", Path, "--out", Bundle, "--full").Succeeded();
    }

    /// <summary>The folder of the IDX files.</summary>
    public string Data { get; }

    public string Recipe { get; }

    /// <summary>The checkpoint as <c>train</c> wrote it.</summary>
    public string AsTrained { get; }

    /// <summary>The same with a gate that sends images different ways.</summary>
    public string Path { get; }

    /// <summary><see cref="Path"/> exported with <c>--full</c>.</summary>
    public string Bundle { get; }

    internal Checkpoint Content { get; }

    internal ProgramResult Training { get; }

    public void Dispose() => folder.Dispose();
}

[CollectionDefinition(TrainedModel.Collection)]
public sealed class TrainedModelDefinition : ICollectionFixture<TrainedModel>;
