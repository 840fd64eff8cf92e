using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>What a loss does with the losses of single elements.</summary>
        public enum Reduction : long
        {
            /// <summary>Gives them as they are.</summary>
            None = 0,

            /// <summary>Gives their mean.</summary>
            Mean = 1,

            /// <summary>Gives their sum.</summary>
            Sum = 2,
        }

        public static partial class functional
        {
            /// <summary>The negative logarithm of the softmax at the target class, or against target probabilities.</summary>
            /// <param name="input">Logits [N,C,...].</param>
            /// <param name="target">Int64 classes [N,...], or probabilities in the shape of the input.</param>
            /// <param name="weight">A weight per class.</param>
            /// <param name="ignore_index">The class that counts for nothing.</param>
            /// <param name="reduction">What to do with the losses of single samples.</param>
            /// <param name="label_smoothing">The share of the target spread evenly over all classes, from 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0) =>
                Operator.Call("cross_entropy_loss", input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>The negative of the log-probability at the target class.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Operator.Call("nll_loss_nd", input, target, weight, (long)reduction, -100);

            /// <summary>The divergence of log-probabilities from a target of log-probabilities, or of probabilities.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Operator.Call("kl_div", input, target, (long)reduction, log_target);

            /// <summary>The square of the difference.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Operator.Call("mse_loss", input, target, (long)reduction);

            /// <summary>The square of the difference where it is below beta, and its absolute value above.</summary>
            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                Operator.Call("smooth_l1_loss", input, target, (long)reduction, beta);

            /// <summary>The cross-entropy of sigmoid(input) against target probabilities.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Operator.Call("binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);
        }
    }
}
