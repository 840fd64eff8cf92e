using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sets all elements to zero.</summary>
        public Tensor zero_() => Operator.CallInPlace("zero_", this);

        /// <summary>Sets all elements to a number.</summary>
        public Tensor fill_(Scalar value) => Operator.CallInPlace("fill_.Scalar", this, value);

        /// <summary>Draws all elements from a normal distribution.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Operator.CallInPlace("normal_", this, mean, std, generator);

        /// <summary>Draws all elements uniformly from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Operator.CallInPlace("uniform_", this, from, to, generator);

        /// <summary>Sets every element to one with probability p and to zero otherwise.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Operator.CallInPlace("bernoulli_.float", this, p, generator);

        /// <summary>For every element, one with the probability it names and zero otherwise.</summary>
        public Tensor bernoulli(Generator? generator = null) => Operator.Call("bernoulli", this, generator);

        /// <summary>Draws all elements from an exponential distribution.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) =>
            Operator.CallInPlace("exponential_", this, lambda, generator);

        /// <summary>Draws indices with the probabilities, or weights, in every row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Operator.Call("multinomial", this, num_samples, replacement, generator);
    }
}
