using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Where the elements are equal.</summary>
        public Tensor eq(Tensor target) => Operator.Call("eq.Tensor", this, target);

        /// <summary>Where the elements equal a number.</summary>
        public Tensor eq(Scalar target) => Operator.Call("eq.Scalar", this, target);

        /// <summary>Where the elements differ.</summary>
        public Tensor ne(Tensor target) => Operator.Call("ne.Tensor", this, target);

        /// <summary>Where the elements differ from a number.</summary>
        public Tensor ne(Scalar target) => Operator.Call("ne.Scalar", this, target);

        /// <summary>Where this is smaller.</summary>
        public Tensor lt(Tensor target) => Operator.Call("lt.Tensor", this, target);

        /// <summary>Where this is smaller.</summary>
        public Tensor lt(Scalar target) => Operator.Call("lt.Scalar", this, target);

        /// <summary>Where this is smaller or equal.</summary>
        public Tensor le(Tensor target) => Operator.Call("le.Tensor", this, target);

        /// <summary>Where this is smaller or equal.</summary>
        public Tensor le(Scalar target) => Operator.Call("le.Scalar", this, target);

        /// <summary>Where this is larger.</summary>
        public Tensor gt(Tensor target) => Operator.Call("gt.Tensor", this, target);

        /// <summary>Where this is larger.</summary>
        public Tensor gt(Scalar target) => Operator.Call("gt.Scalar", this, target);

        /// <summary>Where this is larger or equal.</summary>
        public Tensor ge(Tensor target) => Operator.Call("ge.Tensor", this, target);

        /// <summary>Where this is larger or equal.</summary>
        public Tensor ge(Scalar target) => Operator.Call("ge.Scalar", this, target);

        /// <summary>Where both are not zero.</summary>
        public Tensor logical_and(Tensor other) => Operator.Call("logical_and", this, other);

        /// <summary>Where one is not zero.</summary>
        public Tensor logical_or(Tensor other) => Operator.Call("logical_or", this, other);

        /// <summary>Where this is zero.</summary>
        public Tensor logical_not() => Operator.Call("logical_not", this);

        /// <summary>And, bit by bit.</summary>
        public Tensor bitwise_and(Tensor other) => Operator.Call("bitwise_and.Tensor", this, other);

        /// <summary>Or, bit by bit.</summary>
        public Tensor bitwise_or(Tensor other) => Operator.Call("bitwise_or.Tensor", this, other);

        /// <summary>Not, bit by bit.</summary>
        public Tensor bitwise_not() => Operator.Call("bitwise_not", this);

        /// <summary>Where the elements are not numbers.</summary>
        public Tensor isnan() => Operator.Call("isnan", this);

        /// <summary>Where the elements are infinite.</summary>
        public Tensor isinf() => Operator.Call("isinf", this);

        /// <summary>Where the elements are finite numbers.</summary>
        public Tensor isfinite() => Operator.Call("isfinite", this);

        /// <summary>Whether all elements are within atol + rtol * |target| of the target's.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Operator.CallBool("allclose", this, target, rtol, atol, equal_nan);

        /// <summary>Picks from this where the condition holds and from y elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Operator.Call("where.self", condition, this, y);
    }
}
