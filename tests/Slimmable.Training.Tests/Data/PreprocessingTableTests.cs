using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class PreprocessingTableTests
{
    [Fact]
    public void Every_value_of_every_channel_is_the_one_that_is_computed()
    {
        var preprocessing = new Preprocessing(1.0 / 255, [0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]);
        var pixels = new byte[2 * 3 * 300];
        new Random(1).NextBytes(pixels);
        var (expected, found) = (new float[pixels.Length], new float[pixels.Length]);
        preprocessing.Apply(pixels, 300, expected);

        new PreprocessingTable(preprocessing, channels: 3).Apply(pixels, 300, found);

        Assert.Equal(expected, found);
    }
}
