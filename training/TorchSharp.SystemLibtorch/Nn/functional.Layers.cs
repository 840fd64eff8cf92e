using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers as functions: parameters come in as arguments.</summary>
        public static partial class functional
        {
            /// <summary>Convolves images [N,C,H,W] with kernels [K,C/groups,h,w].</summary>
            /// <param name="input">The images.</param>
            /// <param name="weight">The kernels.</param>
            /// <param name="bias">What is added to every channel, [K].</param>
            /// <param name="strides">The steps down and across, by default 1.</param>
            /// <param name="padding">The zeros put around, by default none.</param>
            /// <param name="dilation">The distance between the kernel's points, by default 1.</param>
            /// <param name="groups">Into how many independent parts the channels fall.</param>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                Operator.Call("conv2d", input, weight, bias, strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            /// <summary>input * weights^T + bias.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Operator.Call("linear", input, weights, bias);

            /// <summary>Normalizes every channel (dimension 1) by mean and variance, then scales and shifts it.</summary>
            /// <param name="input">[N,C,...].</param>
            /// <param name="running_mean">The means [C] to use, or in training to update.</param>
            /// <param name="running_var">The variances [C] to use, or in training to update.</param>
            /// <param name="weight">The scale [C].</param>
            /// <param name="bias">The shift [C].</param>
            /// <param name="training">Whether to normalize by the batch's own statistics and update the running ones.</param>
            /// <param name="momentum">The batch's share in an update.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor running_mean, Tensor running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-05) =>
                Operator.Call("batch_norm", input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            /// <summary>Normalizes every group of channels of every sample, then scales and shifts each channel.</summary>
            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Operator.Call("group_norm", input, num_groups, weight, bias, eps, true);

            /// <summary>Normalizes the last dimensions of every sample, then scales and shifts them.</summary>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Operator.Call("layer_norm", input, normalized_shape, weight, bias, eps, true);

            /// <summary>Sets elements to zero with probability p and scales the rest by 1 / (1 - p).</summary>
            /// <param name="input">The elements.</param>
            /// <param name="p">The probability, from 0 to 1.</param>
            /// <param name="training">Whether to do anything at all.</param>
            /// <param name="inplace">Whether to change the input.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Operator.CallInPlace("dropout_", input, p, training) : Operator.Call("dropout", input, p, training);

            /// <summary>Averages images [N,C,H,W] down to a square of a size.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, [output_size, output_size]);

            /// <summary>Averages images [N,C,H,W] down to a height and width.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Operator.Call("adaptive_avg_pool2d", input, output_size);

            /// <summary>Averages over windows. The first parameter is called kernelSize in TorchSharp 0.99: pass it by position.</summary>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true) =>
                avg_pool2d(
                    input, [kernel_size, kernel_size], stride is { } step ? [step, step] : null, [padding, padding], ceil_mode,
                    count_include_pad);

            /// <summary>Averages over windows. The parameters have other names in TorchSharp 0.99: pass them by position.</summary>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                Operator.Call("avg_pool2d", input, kernel_size, stride ?? [], padding ?? [0], ceil_mode, count_include_pad, Argument.None);

            /// <summary>The largest of each window. In TorchSharp 0.99 it is kernelSize: pass it by position.</summary>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                max_pool2d(
                    input, [kernel_size, kernel_size], stride is { } step ? [step, step] : null, [padding ?? 0, padding ?? 0],
                    [dilation ?? 1, dilation ?? 1], ceil_mode);

            /// <summary>The largest of each window. In TorchSharp 0.99 it is kernelSize: pass it by position.</summary>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Operator.Call("max_pool2d", input, kernel_size, strides ?? [], padding ?? [0], dilation ?? [1], ceil_mode);

            /// <summary>Puts values around: before and after the last dimension, then the one before it, and so on.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                mode is PaddingModes.Constant
                    ? Operator.Call("pad", input, pad, "constant", value)
                    : Operator.Call("pad", input, pad, mode.ToString().ToLowerInvariant(), Argument.None);

            /// <summary>Puts values before and after the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <summary>Puts values left, right, above and below of images.</summary>
            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>For every Int64 class, a row of zeros with a one at the class.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Operator.Call("one_hot", x, num_classes);
        }
    }
}

/// <summary>What padding is filled with.</summary>
public enum PaddingModes
{
    /// <summary>Zeros; of convolutions only.</summary>
    Zeros = 0,

    /// <summary>The inside, mirrored.</summary>
    Reflect = 1,

    /// <summary>The edge.</summary>
    Replicate = 2,

    /// <summary>The opposite side.</summary>
    Circular = 3,

    /// <summary>A given number.</summary>
    Constant = 4,
}
