namespace Slimmable.Training;

/// <summary>What a stage of training works with besides the network and its own options.</summary>
/// <param name="Batches">Where batches come from; of the stage's batch size.</param>
/// <param name="Augmentation">How images are varied.</param>
/// <param name="Seeds">The run's seeds.</param>
/// <param name="Keeper">Saves states to resume from.</param>
/// <param name="Progress">Told of every step and epoch.</param>
internal sealed record StageSurroundings(BatchSource Batches, Augmentation Augmentation, Seeds Seeds, StateKeeper Keeper, ITrainingProgress Progress);
