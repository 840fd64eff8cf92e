using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Opens a scope that owns the tensors made on this thread until it ends.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Enter();

    /// <summary>Whether operations on this thread are recorded for gradients.</summary>
    public static bool is_grad_enabled() => NativeMethods.st_is_grad_enabled() != 0;

    /// <summary>Records nothing on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Records (or not) on this thread until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Records (or not) on this thread until the result is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Gradients.</summary>
    public static class autograd
    {
        /// <summary>The gradients of the sum of outputs, weighted by grad_outputs, for the inputs; leaves no gradient behind.</summary>
        /// <param name="outputs">What to derive; without weights, tensors of one element.</param>
        /// <param name="inputs">What to derive by.</param>
        /// <param name="grad_outputs">The weights of the outputs' elements.</param>
        /// <param name="retain_graph">Whether the recorded operations can be derived again.</param>
        /// <param name="create_graph">Whether the gradients themselves can be derived; as a rule together with retain_graph.</param>
        /// <param name="allow_unused">Whether an input no output depends on gives an invalid tensor instead of an error.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            var results = new nint[inputs.Count];
            NativeMethods.Check(NativeMethods.st_grad_of(
                Handles(outputs), outputs.Count, Handles(grad_outputs ?? []), grad_outputs?.Count ?? 0, Handles(inputs), inputs.Count,
                retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, results));
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return [.. results.Select(handle => new Tensor(handle))];
        }

        /// <summary>Adds the tensor's gradients, weighted by grad_tensors, to the leaves (or the inputs) it was computed from.</summary>
        /// <param name="tensor">What to derive; without weights, a tensor of one element.</param>
        /// <param name="grad_tensors">The weights of the tensor's elements.</param>
        /// <param name="retain_graph">Whether the recorded operations can be derived again; by default as create_graph.</param>
        /// <param name="create_graph">Whether the gradients themselves can be derived.</param>
        /// <param name="inputs">The only tensors to get gradients; by default all leaves.</param>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the gradients of several tensors, each weighted by its grad_tensor, to the leaves (or the inputs).</summary>
        /// <inheritdoc cref="backward(Tensor, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            NativeMethods.Check(NativeMethods.st_backward(
                Handles(tensors), tensors.Count, Handles(grad_tensors ?? []), grad_tensors?.Count ?? 0,
                retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, Handles(inputs ?? []), inputs?.Count ?? 0));
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        private static nint[] Handles(IList<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool before = is_grad_enabled();

        public GradMode(bool enabled) => NativeMethods.st_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.st_set_grad_enabled(before ? 1 : 0);
    }
}
