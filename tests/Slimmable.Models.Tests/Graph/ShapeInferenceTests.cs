namespace Slimmable.Models.Tests;

public class ShapeInferenceTests
{
    private static readonly ValueShape Image = new("image", Height: 9, Width: 12, IsFlat: false);
    private static readonly ValueShape Pixel = Image with { Height = 1, Width = 1 };
    private static readonly ValueShape Flat = Image with { IsFlat = true };

    [Theory]
    [InlineData(1, 1, 0, 9, 12)]
    [InlineData(3, 1, 1, 9, 12)]
    [InlineData(3, 2, 1, 5, 6)]
    [InlineData(2, 2, 0, 4, 6)]
    [InlineData(5, 3, 2, 3, 4)]
    [InlineData(9, 1, 0, 1, 4)]
    [InlineData(11, 1, 1, 1, 4)]
    [InlineData(1, 255, 0, 1, 1)]
    public void A_window_takes_whole_steps_over_the_padded_input(int kernel, int stride, int padding, int height, int width)
    {
        var expected = Image with { Height = height, Width = width };

        Assert.Equal(expected with { Axis = "wide" }, ShapeOf(Dense(kernel, stride, padding), Image));
        Assert.Equal(expected, ShapeOf(Dense(kernel, stride, padding) with { Kind = ConvolutionKind.Depthwise, Out = "image" }, Image));
        Assert.Equal(expected, ShapeOf(new AveragePoolNode("x", "", kernel, stride, padding), Image));
        Assert.Equal(expected, ShapeOf(new MaxPoolNode("x", "", kernel, stride, padding), Image));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(12, 1)]
    public void A_window_larger_than_the_padded_input_has_no_shape(int kernel, int padding)
    {
        var expected = $"a {kernel}x{kernel} window with padding {padding} is larger than its 9x12 input";

        Assert.Equal(expected, FaultOf(Dense(kernel, 1, padding), Image));
        Assert.Equal(expected, FaultOf(new AveragePoolNode("x", "", kernel, 1, padding), Image));
        Assert.Equal(expected, FaultOf(new MaxPoolNode("x", "", kernel, 1, padding), Image));
    }

    [Fact]
    public void Batch_normalization_keeps_the_shape_of_pixels() =>
        Assert.Equal(Image, ShapeOf(new BatchNormNode("x", "", "image", AffineSharing.Private, 1e-5, 0.1), Image));

    [Fact]
    public void Activation_and_dropout_keep_any_shape()
    {
        foreach (var shape in new[] { Image, Pixel, Flat })
        {
            Assert.Equal(shape, ShapeOf(new ActivationNode("x", "", ActivationKind.HardSwish), shape));
            Assert.Equal(shape, ShapeOf(new DropoutNode("x", "", 0.5), shape));
        }
    }

    [Fact]
    public void A_sum_is_of_two_values_of_one_shape()
    {
        Assert.Equal(Image, ShapeOf(new AddNode("x", "", ""), Image, Image));
        Assert.Equal("expects two values of one shape, found [N, image, 9, 12] and [N, image, 1, 1]", FaultOf(new AddNode("x", "", ""), Image, Pixel));
    }

    [Fact]
    public void A_factor_with_one_pixel_is_spread_over_the_value_on_its_left_only()
    {
        var multiply = new MultiplyNode("x", "", "");

        Assert.Equal(Image, ShapeOf(multiply, Image, Image));
        Assert.Equal(Image, ShapeOf(multiply, Image, Pixel));
        Assert.Equal(Flat, ShapeOf(multiply, Flat, Flat));
        Assert.Equal(
            "expects a factor of the value's shape or one per channel, found [N, image, 1, 1] and [N, image, 9, 12]", FaultOf(multiply, Pixel, Image));
        Assert.NotNull(FaultOf(multiply, Image, Pixel with { Axis = "wide" }));
        Assert.NotNull(FaultOf(multiply, Image, Pixel with { IsFlat = true }));
    }

    [Fact]
    public void A_pool_over_everything_leaves_one_pixel() => Assert.Equal(Pixel, ShapeOf(new GlobalAveragePoolNode("x", ""), Image));

    [Fact]
    public void Flatten_keeps_the_pixels_and_linear_ends_them()
    {
        Assert.Equal(Flat, ShapeOf(new FlattenNode("x", ""), Image));
        Assert.Equal(new ValueShape("wide", 1, 1, IsFlat: true), ShapeOf(new LinearNode("x", "", "image", "wide"), Flat));
    }

    [Fact]
    public void What_works_on_pixels_refuses_a_flat_value()
    {
        Node[] nodes =
        [
            Dense(1, 1, 0),
            new BatchNormNode("x", "", "image", AffineSharing.Shared, 1e-5, 0.1),
            new AveragePoolNode("x", "", 1, 1, 0),
            new MaxPoolNode("x", "", 1, 1, 0),
            new GlobalAveragePoolNode("x", ""),
            new FlattenNode("x", ""),
        ];

        Assert.All(nodes, node => Assert.Equal("expects pixels, found a flat input", FaultOf(node, Flat)));
    }

    [Fact]
    public void What_names_its_input_axis_refuses_another()
    {
        Node[] nodes =
        [
            Dense(1, 1, 0) with { In = "other" },
            new BatchNormNode("x", "", "other", AffineSharing.Shared, 1e-5, 0.1),
            new LinearNode("x", "", "other", "wide"),
        ];

        Assert.All(nodes, node => Assert.Equal(
            "declares the input axis 'other', its input has 'image'", FaultOf(node, node is LinearNode ? Flat : Image)));
    }

    [Fact]
    public void Shapes_read_well_in_messages()
    {
        Assert.Equal("[N, image, 9, 12]", Image.ToString());
        Assert.Equal("[N, image * 108]", Flat.ToString());
        Assert.Equal("[N, image]", (Pixel with { IsFlat = true }).ToString());
    }

    private static Conv2dNode Dense(int kernel, int stride, int padding) =>
        new("x", "", ConvolutionKind.Dense, "image", "wide", kernel, stride, padding, Bias: false);

    private static ValueShape ShapeOf(Node node, params ValueShape[] inputs)
    {
        var shape = ShapeInference.Infer(node, inputs, out var fault);
        Assert.Null(fault);
        return Assert.NotNull(shape);
    }

    private static string? FaultOf(Node node, params ValueShape[] inputs)
    {
        Assert.Null(ShapeInference.Infer(node, inputs, out var fault));
        return fault;
    }
}
