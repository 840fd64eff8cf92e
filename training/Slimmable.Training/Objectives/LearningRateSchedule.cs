namespace Slimmable.Training;

/// <summary>A linear warm-up from near 0, then half a cosine down to 0, set anew each step.</summary>
/// <param name="Peak">The highest learning rate.</param>
/// <param name="WarmUpSteps">Steps of the rise, from 0 up.</param>
/// <param name="Steps">Steps in all.</param>
public readonly record struct LearningRateSchedule(double Peak, long WarmUpSteps, long Steps)
{
    /// <summary>The learning rate of a step, counted from 0.</summary>
    public double At(long step)
    {
        if (step < WarmUpSteps)
        {
            return Peak * (step + 1) / WarmUpSteps;
        }

        var progress = (double)(step - WarmUpSteps) / Math.Max(1, Steps - WarmUpSteps);
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }
}
