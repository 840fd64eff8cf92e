using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value.</summary>
        public Tensor abs() => Operator.Call("abs", this);

        /// <summary>The absolute value, in place.</summary>
        public Tensor abs_() => Operator.CallInPlace("abs_", this);

        /// <summary>Turns the sign.</summary>
        public Tensor neg() => Operator.Call("neg", this);

        /// <summary>Turns the sign in place.</summary>
        public Tensor neg_() => Operator.CallInPlace("neg_", this);

        /// <summary>-1, 0 or 1.</summary>
        public Tensor sign() => Operator.Call("sign", this);

        /// <summary>One over the element.</summary>
        public Tensor reciprocal() => Operator.Call("reciprocal", this);

        /// <summary>The square.</summary>
        public Tensor square() => Operator.Call("square", this);

        /// <summary>The square root.</summary>
        public Tensor sqrt() => Operator.Call("sqrt", this);

        /// <summary>The square root, in place.</summary>
        public Tensor sqrt_() => Operator.CallInPlace("sqrt_", this);

        /// <summary>One over the square root.</summary>
        public Tensor rsqrt() => Operator.Call("rsqrt", this);

        /// <summary>e to the power of the element.</summary>
        public Tensor exp() => Operator.Call("exp", this);

        /// <summary>e to the power of the element, in place.</summary>
        public Tensor exp_() => Operator.CallInPlace("exp_", this);

        /// <summary>The natural logarithm.</summary>
        public Tensor log() => Operator.Call("log", this);

        /// <summary>The natural logarithm, in place.</summary>
        public Tensor log_() => Operator.CallInPlace("log_", this);

        /// <summary>The natural logarithm of one plus the element.</summary>
        public Tensor log1p() => Operator.Call("log1p", this);

        /// <summary>The sine.</summary>
        public Tensor sin() => Operator.Call("sin", this);

        /// <summary>The cosine.</summary>
        public Tensor cos() => Operator.Call("cos", this);

        /// <summary>The hyperbolic tangent.</summary>
        public Tensor tanh() => Operator.Call("tanh", this);

        /// <summary>Rounds down.</summary>
        public Tensor floor() => Operator.Call("floor", this);

        /// <summary>Rounds up.</summary>
        public Tensor ceil() => Operator.Call("ceil", this);

        /// <summary>Rounds to the nearest, halves to the even one.</summary>
        public Tensor round(long decimals = 0) => Operator.Call("round.decimals", this, decimals);

        /// <summary>Rounds to the nearest in place.</summary>
        public Tensor round_(long decimals = 0) => Operator.CallInPlace("round_.decimals", this, decimals);

        /// <summary>Keeps the elements between two numbers.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Operator.Call("clamp", this, min, max);

        /// <summary>Keeps the elements between two numbers, in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Operator.CallInPlace("clamp_", this, min, max);

        /// <summary>Keeps the elements at or above a number.</summary>
        public Tensor clamp_min(Scalar min) => Operator.Call("clamp_min", this, min);

        /// <summary>Keeps the elements at or below a number.</summary>
        public Tensor clamp_max(Scalar max) => Operator.Call("clamp_max", this, max);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Operator.Call("sigmoid", this);

        /// <summary>1 / (1 + exp(-x)), in place.</summary>
        public Tensor sigmoid_() => Operator.CallInPlace("sigmoid_", this);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Operator.Call("relu", this);

        /// <summary>max(x, 0), in place.</summary>
        public Tensor relu_() => Operator.CallInPlace("relu_", this);

        /// <summary>x * sigmoid(x).</summary>
        public Tensor silu() => Operator.Call("silu", this);

        /// <summary>x * sigmoid(x), in place.</summary>
        public Tensor silu_() => Operator.CallInPlace("silu_", this);

        /// <summary>x * min(max(x + 3, 0), 6) / 6.</summary>
        public Tensor hardswish() => Operator.Call("hardswish", this);

        /// <summary>min(max(x + 3, 0), 6) / 6.</summary>
        public Tensor hardsigmoid() => Operator.Call("hardsigmoid", this);

        /// <summary>x times the normal distribution's cumulative function.</summary>
        public Tensor gelu() => Operator.Call("gelu", this, "none");

        /// <summary>exp(x) over a dimension, scaled to sum one.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Operator.Call("softmax.int", this, dim, dtype);

        /// <summary>The logarithm of the softmax.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Operator.Call("log_softmax.int", this, dim, dtype);

        /// <summary>The logarithm of the sum of exp(x) over a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Operator.Call("logsumexp", this, (long[])[dim], keepdim);

        /// <summary>The sum of all elements up to each, along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Operator.Call("cumsum", this, dim, type);
    }
}
