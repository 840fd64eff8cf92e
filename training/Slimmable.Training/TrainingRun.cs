using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A whole run by a recipe: Stage I, recalibration, Stage II, evaluation; its result is a checkpoint file.</summary>
/// <param name="recipe">What is done.</param>
/// <param name="recipeText">The recipe as it stands in its file; goes into the checkpoint.</param>
/// <param name="data">The data set that the recipe names.</param>
/// <param name="output">The checkpoint's path; written whole after every epoch of Stage I and at the end.</param>
/// <param name="progress">Told what goes on.</param>
public sealed class TrainingRun(Recipe recipe, string recipeText, DataSet data, string output, ITrainingProgress progress)
{
    /// <summary>Test images whose answers go into the checkpoint.</summary>
    private const int GoldenImages = 64;

    private const int MeasuringBatch = 250;

    private readonly Seeds seeds = new(recipe.Seed);
    private readonly ImageSet train = data.Train.Take(recipe.TrainImages ?? int.MaxValue);

    /// <summary>Runs all stages.</summary>
    /// <param name="cancellation">Stops between steps; the checkpoint then holds the weights as they are, without accuracy.</param>
    /// <returns>The checkpoint that was written.</returns>
    /// <exception cref="SlimmableException">The data does not fit the architecture, a loss is not finite, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the checkpoint was written.</exception>
    public Checkpoint Run(CancellationToken cancellation = default)
    {
        var graph = Architectures.Build(recipe.Architecture);
        using var supernet = new Supernet(graph);
        supernet.CheckFits(data);
        CheckBatches();
        WeightInitializer.Initialize(supernet, seeds.For("weights"));
        using var average = new MovingAverage(supernet, recipe.StageOne.EmaDecay);
        try
        {
            var batches = new BatchSource(train, data.Preprocessing, recipe.StageOne.BatchSize);
            new StageOneTrainer(supernet, average, recipe.StageOne, batches, recipe.Augmentation, seeds, progress)
                .Run(() => Save(average.Network, accuracy: null), cancellation);
            Calibrate(average.Network, batches, cancellation);
            if (recipe.StageTwo is { } stageTwo)
            {
                var gateBatches = new BatchSource(train, data.Preprocessing, stageTwo.BatchSize);
                new StageTwoTrainer(average.Network, stageTwo, gateBatches, recipe.Augmentation, seeds, progress).Run(cancellation);
            }

            return Save(average.Network, Evaluate(average.Network, cancellation));
        }
        catch (OperationCanceledException)
        {
            Save(average.Network, accuracy: null);
            throw;
        }
    }

    private void CheckBatches()
    {
        var largestBatch = Math.Max(recipe.StageOne.BatchSize, recipe.StageTwo?.BatchSize ?? 0);
        if (train.Count < largestBatch)
        {
            throw new SlimmableException($"data set {data.Name}: expected at least one batch of {largestBatch} training images, found {train.Count}");
        }
    }

    private void Calibrate(Supernet network, BatchSource batches, CancellationToken cancellation)
    {
        var count = Math.Min(recipe.CalibrationBatches, batches.BatchesPerEpoch);
        progress.PhaseStarted("recalibration", network.Graph.Subnets.Count);
        var order = batches.OrderOf(-1, seeds);
        IEnumerable<Batch> Unvaried() => Enumerable.Range(0, count).Select(index => batches.Training(index, order, new Augmentation(), seeds));
        BatchNormCalibration.Run(network, Unvaried, _ => progress.StepDone(), cancellation);
    }

    private AccuracyReport Evaluate(Supernet network, CancellationToken cancellation)
    {
        progress.PhaseStarted("evaluation", (data.Test.Count + MeasuringBatch - 1) / MeasuringBatch);
        return Evaluator.Run(network, new BatchSource(data.Test, data.Preprocessing, MeasuringBatch), progress.StepDone, cancellation);
    }

    private Checkpoint Save(Supernet network, AccuracyReport? accuracy)
    {
        var (input, count) = GoldenRecorder.FirstImages(data.Test, data.Preprocessing, GoldenImages);
        var info = new CheckpointInfo
        {
            Recipe = recipeText,
            Seed = recipe.Seed,
            DataSet = data.Name,
            Labels = data.Labels,
            Preprocessing = data.Preprocessing,
            Accuracy = accuracy,
        };
        var checkpoint = new Checkpoint(network.Graph, network.Weights(), info, GoldenRecorder.Record(network, input, count));
        checkpoint.Write(output);
        return checkpoint;
    }
}
