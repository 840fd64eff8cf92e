namespace Slimmable.Training;

/// <summary>A linear warm-up from near 0, then a decay, set anew each step.</summary>
/// <param name="Peak">The highest learning rate.</param>
/// <param name="WarmUpSteps">Steps of the rise, from 0 up.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Decay">How it falls after the rise.</param>
/// <param name="DecaySteps">For <see cref="LearningRateDecay.Steps"/>: from which steps on the rate is a tenth of what it was.</param>
public sealed record LearningRateSchedule(
    double Peak, long WarmUpSteps, long Steps, LearningRateDecay Decay = LearningRateDecay.Cosine, params IReadOnlyList<long> DecaySteps)
{
    /// <summary>The schedule of a stage.</summary>
    /// <param name="options">The recipe's part.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    public static LearningRateSchedule Of(StageOptions options, int stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(options);
        long InSteps(double epochs) => (long)(epochs * stepsPerEpoch);
        return new LearningRateSchedule(
            options.LearningRate, InSteps(options.WarmUpEpochs), InSteps(options.Epochs), options.Decay, [.. options.DecayEpochs.Select(InSteps)]);
    }

    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double At(long step)
    {
        if (step < WarmUpSteps)
        {
            return Peak * (step + 1) / WarmUpSteps;
        }

        var progress = Math.Min(1, (double)(step - WarmUpSteps) / Math.Max(1, Steps - WarmUpSteps));
        return Decay switch
        {
            LearningRateDecay.Linear => Peak * (1 - progress),
            LearningRateDecay.Steps => Peak * Math.Pow(0.1, DecaySteps.Count(decay => step >= decay)),
            _ => Peak * 0.5 * (1 + Math.Cos(Math.PI * progress)),
        };
    }
}
