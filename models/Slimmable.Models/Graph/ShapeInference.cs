namespace Slimmable.Models;

/// <summary>The shape of a node's value from the shapes of its inputs; the one place where operators' shape rules stand.</summary>
internal static class ShapeInference
{
    /// <summary>Infers one node's shape.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Shapes of its inputs, in order.</param>
    /// <param name="fault">What is wrong, where the result is null.</param>
    public static ValueShape? Infer(Node node, ReadOnlySpan<ValueShape> inputs, out string? fault)
    {
        fault = null;
        var input = inputs[0];
        switch (node)
        {
            case LinearNode linear:
                fault = input.IsFlat ? SameAxis(linear.In, input) : "expects a flat input, found pixels";
                return fault is null ? new ValueShape(linear.Out, 1, 1, IsFlat: true) : null;
            case ActivationNode or DropoutNode:
                return input;
            case AddNode:
                fault = inputs[1] == input ? null : $"expects two values of one shape, found {input} and {inputs[1]}";
                return fault is null ? input : null;
            case MultiplyNode:
                var factor = inputs[1];
                var broadcasts = factor == input || factor == input with { Height = 1, Width = 1 };
                fault = broadcasts ? null : $"expects a factor of the value's shape or one per channel, found {input} and {factor}";
                return fault is null ? input : null;
        }

        if (input.IsFlat)
        {
            fault = "expects pixels, found a flat input";
            return null;
        }

        switch (node)
        {
            case Conv2dNode conv:
                fault = SameAxis(conv.In, input);
                return fault is null ? Window(input, conv.Kernel, conv.Stride, conv.Padding, conv.Out, out fault) : null;
            case BatchNormNode norm:
                fault = SameAxis(norm.Axis, input);
                return fault is null ? input : null;
            case AveragePoolNode pool:
                return Window(input, pool.Kernel, pool.Stride, pool.Padding, input.Axis, out fault);
            case MaxPoolNode pool:
                return Window(input, pool.Kernel, pool.Stride, pool.Padding, input.Axis, out fault);
            case GlobalAveragePoolNode:
                return input with { Height = 1, Width = 1 };
            case FlattenNode:
                return input with { IsFlat = true };
            default:
                throw new NotSupportedException($"no shape rule for {node.GetType().Name}");
        }
    }

    private static string? SameAxis(string declared, ValueShape input) =>
        declared == input.Axis ? null : $"declares the input axis '{declared}', its input has '{input.Axis}'";

    private static ValueShape? Window(ValueShape input, int kernel, int stride, int padding, string axis, out string? fault)
    {
        var height = input.Height + (2 * padding) - kernel;
        var width = input.Width + (2 * padding) - kernel;
        fault = height < 0 || width < 0
            ? $"a {kernel}x{kernel} window with padding {padding} is larger than its {input.Height}x{input.Width} input"
            : null;
        return fault is null ? new ValueShape(axis, (height / stride) + 1, (width / stride) + 1, IsFlat: false) : null;
    }
}
