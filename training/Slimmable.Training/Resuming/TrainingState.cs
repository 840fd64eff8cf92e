namespace Slimmable.Training;

/// <summary>Where a run stands after some whole steps. All that is random is derived from the seed and the step, so this is everything.</summary>
/// <param name="Stage">The stage's phase name.</param>
/// <param name="Steps">Steps of the stage that are done.</param>
/// <param name="Meter">What the epoch that the state lies in has come to so far.</param>
/// <param name="Tensors">The weights, their moving average, the optimizer's momenta: by <c>network.NAME</c>, <c>average.NAME</c>, <c>momentum.NAME</c>.</param>
internal sealed record TrainingState(string Stage, long Steps, IReadOnlyDictionary<string, MeterSum> Meter, IReadOnlyDictionary<string, ResumeTensor> Tensors);

/// <summary>A tensor of a state.</summary>
/// <param name="Shape">Outermost first.</param>
/// <param name="Values">Row-major.</param>
internal sealed record ResumeTensor(IReadOnlyList<long> Shape, float[] Values);
