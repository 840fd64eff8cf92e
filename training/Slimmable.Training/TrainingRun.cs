using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// A whole run by a recipe: Stage I, recalibration, Stage II, evaluation; its result is a checkpoint file. Beside it lies a state while the run
/// lasts: a run that was stopped or killed at any moment goes on from there and ends with the same bytes. Metrics and a report lie there, too: see
/// <see cref="RunFiles"/>.
/// </summary>
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

    /// <summary>
    /// Where the gate has a target: of how many images of a class one is not for it to learn from. Half of them: few weights are learnt, and the mean cost
    /// that is kept is as good as the mean over what is held out.
    /// </summary>
    private const int HeldOutEvery = 2;

    private readonly Seeds seeds = new(recipe.Seed);
    private readonly ImageSet train = data.Train.Take(recipe.TrainImages ?? int.MaxValue);

    /// <summary>The least time between two saved states; zero to save after every step; default a minute.</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a state that lies beside the output is gone on from, and an output that is complete already is left as it is; default false,
    /// which refuses to overwrite a state.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// A checkpoint whose supernet is taken instead of training one: Stage I and recalibration are left out, and only the gate is trained. Default null.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The state's path.</summary>
    public string StatePath => RunFiles.State(output);

    private string[] Stages => recipe.StageTwo is null ? [StageOneTrainer.Phase] : [StageOneTrainer.Phase, StageTwoTrainer.Phase];

    private BatchSource TestBatches => new(data.Test, data.Preprocessing, MeasuringBatch);

    /// <summary>Runs all stages.</summary>
    /// <param name="cancellation">Stops between steps; the checkpoint then holds the weights as they are, without accuracy.</param>
    /// <returns>The checkpoint that was written, now or by the run that is resumed.</returns>
    /// <exception cref="SlimmableException">
    /// The data does not fit the architecture, a loss or a weight is not finite, a file cannot be written, or a state is of another run.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped; checkpoint and state were written.</exception>
    public Checkpoint Run(CancellationToken cancellation = default)
    {
        var graph = BuildGraph();
        using var supernet = new Supernet(graph);
        supernet.CheckFits(data);
        CheckBatches();
        if (FinishedBefore() is { } finished)
        {
            return finished;
        }

        var file = new StateFile(StatePath, Fingerprint());
        var state = ReadState(file);
        var keeper = new StateKeeper(file, SaveInterval, state);
        var log = new MetricsLog(RunFiles.Metrics(output), Stages, state);
        WeightInitializer.Initialize(supernet, seeds.For("weights"));
        using var average = From is null && recipe.StageOne.EmaDecay is { } decay ? new MovingAverage(supernet, decay) : null;
        var network = average?.Network ?? supernet;
        EpochRecorder Recorder(StageOptions stage, bool watched, bool gated) =>
            new(log, network, gated, watched ? TestBatches : null, stage.BatchSize, progress, cancellation);
        try
        {
            if (From is not null)
            {
                SupernetSource.Load(network, From);
            }
            else if (keeper.ResumedStage != StageTwoTrainer.Phase)
            {
                var around = Around(train, recipe.StageOne, keeper, Recorder(recipe.StageOne, watched: true, gated: false));
                new StageOneTrainer(supernet, average, recipe.StageOne, around).Run(() => Save(network), cancellation);
                Calibrate(network, around.Batches, cancellation);
            }

            var points = recipe.StageTwo is { } stageTwo ? TrainGate(network, stageTwo, keeper, Recorder(stageTwo, watched: stageTwo.Targets.Count == 0, gated: true), cancellation) : null;
            var accuracy = Evaluate(network, points, cancellation);
            var checkpoint = Save(network, points, accuracy);
            log.Add(new MetricsLine { Phase = MetricsLine.Evaluation, Seconds = log.Seconds, Accuracy = accuracy, Environment = RunEnvironment.Current() });
            Report(network, checkpoint.Info, cancellation);
            file.Delete();
            return checkpoint;
        }
        catch (OperationCanceledException)
        {
            Save(network);
            throw;
        }
    }

    private IReadOnlyList<OperatingPoint>? TrainGate(
        Supernet network, StageTwoOptions options, StateKeeper keeper, EpochRecorder recorder, CancellationToken cancellation)
    {
        if (options.Targets.Count == 0)
        {
            new StageTwoTrainer(network, options, Around(train, options, keeper, recorder)).Run(cancellation);
            return null;
        }

        var (learnt, heldOut) = HeldOut.Split(train, HeldOutEvery);
        new StageTwoTrainer(network, options, Around(learnt, options, keeper, recorder)).Run(cancellation);
        progress.PhaseStarted("setting the gate", Batches(heldOut));
        return GateCalibration.Run(network, new BatchSource(heldOut, data.Preprocessing, MeasuringBatch), options.Targets, progress.StepDone, cancellation);
    }

    private SupernetGraph BuildGraph()
    {
        var graph = Architectures.Build(recipe.Architecture, data.Shape);
        if (recipe.Subnets is { } kept)
        {
            graph = graph.WithSubnets(kept);
        }

        if (recipe.BatchNorm is { } sharing)
        {
            graph = graph.WithAffine(sharing);
        }

        if (recipe.StageTwo is null)
        {
            return graph;
        }

        if (graph.Gate is null)
        {
            throw new SlimmableException($"architecture '{graph.Name}': expected one with a gate for stage two, found none; a recipe for it has no stageTwo");
        }

        graph = recipe.StageTwo.Candidates is { } candidates ? graph.WithCandidates(candidates) : graph;
        return recipe.StageTwo.Targets.Count > 0 ? WithTargets(graph, recipe.StageTwo.Targets) : graph;
    }

    private static SupernetGraph WithTargets(SupernetGraph graph, IReadOnlyList<double> targets)
    {
        var costs = GateCosts.Of(graph);
        return targets.All(target => target >= costs[0] && target <= costs[^1])
            ? graph.WithGateBias()
            : throw new SlimmableException(string.Create(
                CultureInfo.InvariantCulture,
                $"stageTwo.targetCost, otherTargetCosts: expected {costs[0]:0.####} to {costs[^1]:0.####}, what the gate's candidates cost with the gate, found {string.Join(", ", targets)}"));
    }

    private TrainingState? ReadState(StateFile file)
    {
        if (!Resume && File.Exists(file.Path))
        {
            throw new SlimmableException($"{file.Path}: a run stopped here; go on with --resume, or delete the file to start anew");
        }

        foreach (var path in new[] { output, file.Path, RunFiles.Metrics(output), RunFiles.Report(output) })
        {
            AtomicFile.RemoveLeftovers(path);
        }

        var state = file.Read();
        return state is null || Stages.Contains(state.Stage)
            ? state
            : throw new InvalidFileException(file.Path, $"expected a state of {string.Join(" or ", Stages)}, found '{state.Stage}'");
    }

    /// <summary>
    /// What a run that is resumed after its end has written, or null: only the end writes the accuracy. Whoever restarts what was killed
    /// cannot know that it was through.
    /// </summary>
    private Checkpoint? FinishedBefore() =>
        Resume && !File.Exists(StatePath) && File.Exists(output)
        && Checkpoint.Read(output) is { Info.Accuracy: not null } found && found.Info.Recipe == recipeText && found.Info.DataSet == data.Name
            ? found
            : null;

    /// <summary>Of all that decides what the weights become, but for the machine.</summary>
    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{recipeText}\n{data.Name}\n{train.Count}\n"));
        if (From is not null)
        {
            hash.AppendData(File.ReadAllBytes(From));
        }

        hash.AppendData(train.Pixels);
        hash.AppendData(MemoryMarshal.AsBytes(train.Labels.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes<double>([data.Preprocessing.Scale, .. data.Preprocessing.Mean, .. data.Preprocessing.Std]));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private StageSurroundings Around(ImageSet images, StageOptions stage, StateKeeper keeper, EpochRecorder recorder) =>
        new(new BatchSource(images, data.Preprocessing, stage.BatchSize), recipe.Augmentation, seeds, keeper, recorder);

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
        var count = Math.Min(recipe.Calibration.Batches, batches.BatchesPerEpoch);
        if (count == 0)
        {
            return;
        }

        progress.PhaseStarted("recalibration", network.Graph.Subnets.Count);
        var order = batches.OrderOf(-1, seeds);
        IEnumerable<Batch> Unvaried() => Enumerable.Range(0, count).Select(index => batches.Training(index, order, new Augmentation(), seeds));
        BatchNormCalibration.Run(network, Unvaried, recipe.Calibration.Average, _ => progress.StepDone(), cancellation);
    }

    private AccuracyReport Evaluate(Supernet network, IReadOnlyList<OperatingPoint>? points, CancellationToken cancellation)
    {
        progress.PhaseStarted(MetricsLine.Evaluation, Batches(data.Test));
        return Evaluator.Run(network, TestBatches, points, progress.StepDone, cancellation);
    }

    private void Report(Supernet network, CheckpointInfo info, CancellationToken cancellation)
    {
        progress.PhaseStarted("report", ReportCollector.StepsFor(data));
        var lines = MetricsFile.Read(RunFiles.Metrics(output));
        ReportPage.Write(RunFiles.Report(output), ReportCollector.Collect(network, info, data, lines, progress.StepDone, cancellation));
    }

    private static int Batches(ImageSet images) => (images.Count + MeasuringBatch - 1) / MeasuringBatch;

    private Checkpoint Save(Supernet network, IReadOnlyList<OperatingPoint>? points = null, AccuracyReport? accuracy = null)
    {
        var (input, count) = GoldenRecorder.FirstImages(data.Test, data.Preprocessing, GoldenImages);
        var info = new CheckpointInfo
        {
            Recipe = recipeText,
            Seed = recipe.Seed,
            DataSet = data.Name,
            Labels = data.Labels,
            Preprocessing = data.Preprocessing,
            OperatingPoints = points,
            Accuracy = accuracy,
        };
        var checkpoint = new Checkpoint(network.Graph, network.Weights(), info, GoldenRecorder.Record(network, input, count));
        try
        {
            checkpoint.Write(output);
        }
        catch (InvalidOptionsException fault)
        {
            // All else that goes into it was checked before: weights, statistics or answers are no numbers any more, and one says enough.
            throw new TrainingException($"{output}: was not written: {fault.Faults[0]}; a lower learning rate may help", fault);
        }

        return checkpoint;
    }
}
