using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

/// <summary>Knows the innermost scope of one thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Scopes end when their users dispose them.")]
internal sealed class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? current;

    private DisposeScope? innermost;

    /// <summary>The manager of the calling thread.</summary>
    public static DisposeScopeManager Current => current ??= new DisposeScopeManager();

    public DisposeScope Enter() => innermost = new DisposeScope(this, innermost);

    public DisposeScope? Register(torch.Tensor tensor)
    {
        innermost?.Disposables.Add(tensor);
        return innermost;
    }

    public void Remove(DisposeScope scope)
    {
        if (innermost == scope)
        {
            innermost = scope.OuterScope;
            return;
        }

        // Scopes need not end innermost first: unlink this one from the middle of the chain.
        for (var inner = innermost; inner is not null; inner = inner.OuterScope)
            if (inner.OuterScope == scope)
                inner.OuterScope = scope.OuterScope;
    }
}
