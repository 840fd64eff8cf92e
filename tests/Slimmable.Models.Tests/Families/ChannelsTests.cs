using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Models.Tests;

public class ChannelsTests
{
    [Theory]
    [InlineData(32, 32)]
    [InlineData(16, 16)]
    [InlineData(12, 16)] // A half rounds up.
    [InlineData(8.8, 8)]
    [InlineData(19.2, 24)] // 16 would be more than 10 % below.
    [InlineData(17.6, 16)]
    [InlineData(4, 8)]
    [InlineData(0.1, 8)]
    public void The_numbers_are_those_of_the_authors_rule(double wish, int channels) => Assert.Equal(channels, Channels.Divisible(wish, divisor: 8));

    [Fact]
    public void It_is_a_multiple_close_to_the_wish_and_never_much_less()
    {
        var wishes =
            from thousandths in Gen.Choose(1, 10_000_000)
            from divisor in Gen.Choose(1, 64)
            select (Wish: thousandths / 1000.0, Divisor: divisor);
        Prop.ForAll(wishes.ToArbitrary(), asked =>
        {
            var channels = Channels.Divisible(asked.Wish, asked.Divisor);
            Assert.True(channels >= asked.Divisor && channels % asked.Divisor == 0);
            Assert.True(channels >= 0.9 * asked.Wish);
            Assert.True(Math.Abs(channels - asked.Wish) <= asked.Divisor);
        }).QuickCheckThrowOnFailure();
    }
}
