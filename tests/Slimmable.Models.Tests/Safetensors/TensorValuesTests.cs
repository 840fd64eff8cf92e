namespace Slimmable.Models.Tests;

public sealed class TensorValuesTests
{
    /// <summary>More than is read at once.</summary>
    private const int Many = 600_000;

    private readonly float[] numbers = [.. Enumerable.Range(0, Many).Select(index => (float)index)];

    [Fact]
    public void Pieces_come_in_order_and_are_all_there()
    {
        var seen = new List<float>();
        var pieces = 0;

        TensorValues.Of(numbers).Visit((first, piece) =>
        {
            Assert.Equal(seen.Count, first);
            seen.AddRange(piece);
            pieces++;
        });

        Assert.Equal(numbers, seen);
        Assert.True(pieces > 1);
    }

    [Fact]
    public void They_are_written_as_they_lie_in_memory()
    {
        using var stream = new MemoryStream();

        TensorValues.Of(numbers).WriteTo(stream);

        Assert.Equal(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray(), stream.ToArray());
    }

    [Fact]
    public void No_more_is_read_than_there_is()
    {
        var read = 0L;
        var values = new TensorValues(3, (_, target) => read += target.Length);

        Assert.Throws<ArgumentOutOfRangeException>(() => values.Read(2, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => values.Read(-1, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => values.Read(long.MaxValue, new float[1]));
        Assert.Equal(0, read);
        values.Read(1, new float[2]);
        Assert.Equal(2, read);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_number_that_is_none_is_found_wherever_it_lies(float bad)
    {
        numbers[Many - 3] = bad;
        numbers[Many - 1] = float.NaN;

        Assert.Equal((Many - 3, bad), TensorValues.Of(numbers).FirstBad());
    }

    [Fact]
    public void A_number_below_the_least_is_bad()
    {
        Assert.Null(TensorValues.Of([0, -0f, float.MaxValue]).FirstBad(least: 0));
        Assert.Equal((1, -float.Epsilon), TensorValues.Of([0, -float.Epsilon]).FirstBad(least: 0));
        Assert.Null(TensorValues.Of([float.MinValue, float.MaxValue]).FirstBad());
    }
}
