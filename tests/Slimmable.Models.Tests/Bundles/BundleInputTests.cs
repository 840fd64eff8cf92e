namespace Slimmable.Models.Tests;

public class BundleInputTests
{
    [Fact]
    public void Images_are_put_in_the_inputs_layout()
    {
        byte[] images = [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]; // Two of [2, 1, 3].

        Assert.Equal([1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60], new BundleInput("input", [1, 3, 2], NumberType.U8, ImageLayout.Nhwc).Arrange(images));
        Assert.Equal(images, new BundleInput("input", [2, 1, 3], NumberType.U8).Arrange(images));
    }

    [Fact]
    public void Only_inputs_are_ever_of_bytes()
    {
        Assert.Equal(NumberType.F32, new BundleTensor("logits", [3]).NumberType);
        Assert.Equal(NumberType.F32, new BundleInput("input", [1, 2, 3]).NumberType);
        Assert.Equal(NumberType.U8, new BundleInput("input", [1, 2, 3], NumberType.U8).NumberType);
    }
}
