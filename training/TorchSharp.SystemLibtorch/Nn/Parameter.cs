using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module learns.</summary>
        public class Parameter : torch.Tensor
        {
            /// <summary>Takes the tensor over: data must not be used any more, and its scope owns the parameter instead.</summary>
            /// <param name="data">The first values.</param>
            /// <param name="requires_grad">Whether it learns.</param>
            public Parameter(torch.Tensor data, bool requires_grad = true)
                : base(data.with_requires_grad(requires_grad).MoveHandle(), register: false)
            {
                if (data.OwningDisposeScope is not { } scope)
                    return;
                scope.Detach(data);
                scope.Disposables.Add(this);
                OwningDisposeScope = scope;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a parameter of a tensor, which must not be used any more.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
