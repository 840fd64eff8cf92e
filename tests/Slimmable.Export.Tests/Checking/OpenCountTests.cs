namespace Slimmable.Export.Tests;

public sealed class OpenCountTests
{
    [Theory]
    [InlineData(100, true)]
    [InlineData(99, false)]
    [InlineData(101, false)]
    [InlineData(108, true)]
    [InlineData(116, true)]
    [InlineData(124, false)]
    [InlineData(103, true)]
    [InlineData(111, true)]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public void A_number_is_reached_by_some_choice_of_steps_or_by_none(long number, bool can) =>
        Assert.Equal(can, new OpenCount(100, [(8, 2), (3, 1), (5, 0)]).CanBe(number));

    [Fact]
    public void Sums_keep_every_step()
    {
        var sum = OpenCount.Sum([new(1, [(10, 1)]), new(2, []), new(3, [(100, 2)])]);

        Assert.Equal("6 to 216", $"{sum}");
        Assert.True(sum.CanBe(116));
        Assert.False(sum.CanBe(117));
        Assert.Equal("7", $"{new OpenCount(7, [])}");
    }

    [Fact]
    public void Of_a_range_too_wide_to_walk_the_bounds_are_looked_at()
    {
        var count = new OpenCount(0, [(1L << 40, 3)]);

        Assert.True(count.CanBe(1));
        Assert.False(count.CanBe((3L << 40) + 1));
    }
}
