namespace Slimmable.Training.Tests.Data;

public class BilinearTests
{
    private static readonly ImageShape Square = new(1, 3, 3);
    private static readonly byte[] Digits = [10, 20, 30, 40, 50, 60, 70, 80, 90];

    [Fact]
    public void A_quarter_turn_is_one() =>
        Assert.Equal([30, 60, 90, 20, 50, 80, 10, 40, 70], Sample(AffineMap.Rotation(Square, 90)));

    [Fact]
    public void Four_quarter_turns_are_none()
    {
        var image = Digits;
        for (var turn = 0; turn < 4; turn++)
        {
            var turned = new byte[9];
            Bilinear.Sample(Square, image, turned, AffineMap.Rotation(Square, 90));
            image = turned;
        }

        Assert.Equal(Digits, image);
    }

    [Fact]
    public void Whole_pixels_are_moved_and_zeros_follow() =>
        Assert.Equal([0, 40, 50, 0, 70, 80, 0, 0, 0], Sample(AffineMap.Translation(-1, 1)));

    [Fact]
    public void Between_pixels_is_between_their_values() =>
        Assert.Equal([15, 25, 15, 45, 55, 30, 75, 85, 45], Sample(AffineMap.Translation(0.5, 0)));

    [Fact]
    public void Shearing_leaves_the_middle_row_or_column()
    {
        Assert.Equal([0, 10, 20, 40, 50, 60, 80, 90, 0], Sample(AffineMap.ShearX(Square, 1)));
        Assert.Equal([0, 20, 60, 10, 50, 90, 40, 80, 0], Sample(AffineMap.ShearY(Square, 1)));
    }

    [Fact]
    public void Every_channel_moves_alike()
    {
        var target = new byte[6];

        Bilinear.Sample(new ImageShape(3, 1, 2), [1, 2, 3, 4, 5, 6], target, AffineMap.Translation(1, 0));

        Assert.Equal([2, 0, 4, 0, 6, 0], target);
    }

    private static byte[] Sample(AffineMap map)
    {
        var target = new byte[9];
        Bilinear.Sample(Square, Digits, target, map);
        return target;
    }
}
