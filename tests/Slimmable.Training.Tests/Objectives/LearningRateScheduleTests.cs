namespace Slimmable.Training.Tests.Objectives;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0.025)]
    [InlineData(3, 0.1)]
    [InlineData(4, 0.1)]
    [InlineData(9, 0.05)]
    [InlineData(14, 0)]
    public void It_rises_linearly_and_falls_by_half_a_cosine(long step, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule(Peak: 0.1, WarmUpSteps: 4, Steps: 14).At(step), 1e-12);

    [Theory]
    [InlineData(3, 0.1)]
    [InlineData(4, 0.1)]
    [InlineData(9, 0.05)]
    [InlineData(13, 0.01)]
    public void Or_falls_in_a_straight_line(long step, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule(Peak: 0.1, WarmUpSteps: 4, Steps: 14, LearningRateDecay.Linear).At(step), 1e-12);

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(2, 0.1)]
    [InlineData(9, 0.1)]
    [InlineData(10, 0.01)]
    [InlineData(14, 0.01)]
    [InlineData(15, 0.001)]
    public void Or_by_a_tenth_at_the_epochs_of_the_options(long step, double expected)
    {
        var options = new StageOneOptions { Epochs = 4, LearningRate = 0.1, WarmUpEpochs = 0.4, Decay = LearningRateDecay.Steps, DecayEpochs = [2, 3] };

        Assert.Equal(expected, LearningRateSchedule.Of(options, stepsPerEpoch: 5).At(step), 1e-12);
    }
}
