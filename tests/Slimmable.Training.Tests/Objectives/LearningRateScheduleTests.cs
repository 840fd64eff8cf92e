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
}
