using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // sigmoid and silu have other names in TorchSharp 0.99; as members of Tensor they have the same in both.
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>min(max(x, 0), 6).</summary>
            public static Tensor relu6(Tensor x, bool inplace = false) =>
                inplace ? Operator.CallInPlace("relu6_", x) : Operator.Call("relu6", x);

            /// <summary>max(x, 0) + negative_slope * min(x, 0).</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => inplace
                ? Operator.CallInPlace("leaky_relu_", input, negative_slope)
                : Operator.Call("leaky_relu", input, negative_slope);

            /// <summary>x * min(max(x + 3, 0), 6) / 6.</summary>
            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                inplace ? Operator.CallInPlace("hardswish_", input) : input.hardswish();

            /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                inplace ? Operator.CallInPlace("hardsigmoid_", input) : input.hardsigmoid();

            /// <summary>x times the normal distribution's cumulative function.</summary>
            public static Tensor gelu(Tensor x) => x.gelu();

            /// <summary>The hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x) => x.tanh();

            /// <summary>log(1 + exp(beta * x)) / beta, and x itself above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                Operator.Call("softplus", x, beta, threshold);

            /// <summary>exp(x) over a dimension, scaled to sum one.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of the softmax.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
        }
    }
}
