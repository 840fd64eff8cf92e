using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on the tensor are recorded for gradients.</summary>
        public bool requires_grad
        {
            get => Alive(NativeMethods.st_requires_grad(Handle)) != 0;
            set => NativeMethods.Check(Alive(NativeMethods.st_set_requires_grad(Handle, value ? 1 : 0)));
        }

        /// <summary>Whether the tensor is not the result of a recorded operation.</summary>
        public bool is_leaf => Alive(NativeMethods.st_is_leaf(Handle)) != 0;

        /// <summary>
        /// The gradient <see cref="backward"/> has summed up in a leaf, or null. As in TorchSharp 0.106; in 0.99 it is a method, so
        /// code for both reads gradients through <see cref="autograd.grad"/>.
        /// </summary>
        public Tensor? grad
        {
            get => Alive(NativeMethods.st_grad(Handle)) is var gradient and not 0 ? new Tensor(gradient) : null;
            set
            {
                NativeMethods.Check(Alive(NativeMethods.st_set_grad(Handle, value?.Handle ?? 0)));
                GC.KeepAlive(value);
            }
        }

        /// <summary>Sets <see cref="requires_grad"/>; gives the tensor back.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets <see cref="requires_grad"/>; gives the tensor back.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Adds this scalar's gradients to all leaves it was computed from.</summary>
        public void backward() => autograd.backward(this);

        /// <summary>The same elements, cut off from the recorded operations.</summary>
        public Tensor detach() => Operator.Call("detach", this);

        /// <summary>Cuts the tensor off from the recorded operations.</summary>
        public Tensor detach_() => Operator.CallInPlace("detach_", this);
    }
}
