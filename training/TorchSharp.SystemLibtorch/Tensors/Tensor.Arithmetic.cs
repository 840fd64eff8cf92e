using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a division does with the fraction.</summary>
    public enum RoundingMode
    {
        /// <summary>Keeps it.</summary>
        None,

        /// <summary>Rounds towards zero.</summary>
        trunc,

        /// <summary>Rounds down.</summary>
        floor,
    }

    public partial class Tensor
    {
        /// <summary>Adds, element by element.</summary>
        public Tensor add(Tensor target) => Operator.Call("add.Tensor", this, target, 1);

        /// <summary>Adds alpha times the target, element by element.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Operator.Call("add.Tensor", this, target, alpha);

        /// <summary>Adds a number.</summary>
        public Tensor add(Scalar scalar) => Operator.Call("add.Scalar", this, scalar, 1);

        /// <summary>Adds in place.</summary>
        public Tensor add_(Tensor target) => Operator.CallInPlace("add_.Tensor", this, target, 1);

        /// <summary>Adds alpha times the target in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Operator.CallInPlace("add_.Tensor", this, target, alpha);

        /// <summary>Adds a number in place.</summary>
        public Tensor add_(Scalar scalar) => Operator.CallInPlace("add_.Scalar", this, scalar, 1);

        /// <summary>Subtracts, element by element.</summary>
        public Tensor sub(Tensor target) => Operator.Call("sub.Tensor", this, target, 1);

        /// <summary>Subtracts a number.</summary>
        public Tensor sub(Scalar target) => Operator.Call("sub.Scalar", this, target, 1);

        /// <summary>Subtracts in place.</summary>
        public Tensor sub_(Tensor target) => Operator.CallInPlace("sub_.Tensor", this, target, 1);

        /// <summary>Subtracts a number in place.</summary>
        public Tensor sub_(Scalar target) => Operator.CallInPlace("sub_.Scalar", this, target, 1);

        /// <summary>Multiplies, element by element.</summary>
        public Tensor mul(Tensor target) => Operator.Call("mul.Tensor", this, target);

        /// <summary>Multiplies by a number.</summary>
        public Tensor mul(Scalar target) => Operator.Call("mul.Scalar", this, target);

        /// <summary>Multiplies in place.</summary>
        public Tensor mul_(Tensor target) => Operator.CallInPlace("mul_.Tensor", this, target);

        /// <summary>Multiplies by a number in place.</summary>
        public Tensor mul_(Scalar target) => Operator.CallInPlace("mul_.Scalar", this, target);

        /// <summary>Divides, element by element.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Operator.Call("div.Tensor_mode", this, target, Name(rounding_mode));

        /// <summary>Divides by a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Operator.Call("div.Scalar_mode", this, target, Name(rounding_mode));

        /// <summary>Divides in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Operator.CallInPlace("div_.Tensor_mode", this, target, Name(rounding_mode));

        /// <summary>Divides by a number in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Operator.CallInPlace("div_.Scalar_mode", this, target, Name(rounding_mode));

        /// <summary>The remainder of a division, with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Operator.Call("remainder.Scalar", this, scalar);

        /// <summary>The remainder of a division, with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Operator.Call("remainder.Tensor", this, target);

        /// <summary>Raises to a power.</summary>
        public Tensor pow(Scalar exponent) => Operator.Call("pow.Tensor_Scalar", this, exponent);

        /// <summary>Raises to a power, element by element.</summary>
        public Tensor pow(Tensor exponent) => Operator.Call("pow.Tensor_Tensor", this, exponent);

        /// <summary>Raises to a power in place.</summary>
        public Tensor pow_(Scalar exponent) => Operator.CallInPlace("pow_.Scalar", this, exponent);

        /// <summary>Adds value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Operator.Call("addcmul", this, tensor1, tensor2, value);

        /// <summary>Adds value * tensor1 * tensor2 in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operator.CallInPlace("addcmul_", this, tensor1, tensor2, value);

        /// <summary>Adds value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Operator.Call("addcdiv", this, tensor1, tensor2, value);

        /// <summary>Adds value * tensor1 / tensor2 in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Operator.CallInPlace("addcdiv_", this, tensor1, tensor2, value);

        /// <summary>Goes a part of the way to the end: this + weight * (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Operator.Call("lerp.Tensor", this, end, weight);

        /// <summary>Goes a part of the way to the end, in place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => Operator.CallInPlace("lerp_.Tensor", this, end, weight);

        /// <summary>The product of two matrices, of batches of matrices or of vectors.</summary>
        public Tensor matmul(Tensor target) => Operator.Call("matmul", this, target);

        /// <summary>The product of two matrices.</summary>
        public Tensor mm(Tensor target) => Operator.Call("mm", this, target);

        /// <summary>The products of two batches of matrices.</summary>
        public Tensor bmm(Tensor batch2) => Operator.Call("bmm", this, batch2);

        /// <summary>The sum of the products of two vectors.</summary>
        public Tensor dot(Tensor target) => Operator.Call("dot", this, target);

        /// <summary>The larger of two elements each.</summary>
        public Tensor maximum(Tensor other) => Operator.Call("maximum", this, other);

        /// <summary>The smaller of two elements each.</summary>
        public Tensor minimum(Tensor other) => Operator.Call("minimum", this, other);

        private static string? Name(RoundingMode mode) => mode switch
        {
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => null,
        };
    }
}
