namespace TorchSharp;

/// <summary>
/// Owns the tensors made on its thread while it is the innermost scope, and disposes them when it ends, except for those
/// moved out or detached.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? manager;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; set; }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What the scope owns, as of now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. Disposables];

    /// <summary>How much the scope owns.</summary>
    public int DisposablesCount => Disposables.Count;

    /// <summary>Whether the scope owns the object.</summary>
    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    /// <summary>Hands the object to the enclosing scope, or to nobody where there is none; gives it back.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, OuterScope);
        return disposable;
    }

    /// <summary>Hands both to the enclosing scope; gives them back.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Hands all three to the enclosing scope; gives them back.</summary>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Hands all to the enclosing scope.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Hands all to the enclosing scope.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Move(disposable, OuterScope);
    }

    /// <summary>Lets go of the object, which nobody owns from then on; gives it back.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    /// <summary>Lets go of both; gives them back.</summary>
    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (Detach(first), Detach(second));

    /// <summary>Lets go of all three; gives them back.</summary>
    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    /// <summary>Lets go of all.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Lets go of all.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Move(disposable, null);
    }

    /// <summary>Disposes all the scope owns; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut();

    /// <summary>Disposes all the scope owns but what is given; the scope goes on.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes all the scope owns but what is given; the scope goes on.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var owned = Disposables;
        Disposables = inKeep.ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var disposable in owned)
            if (!Disposables.Contains(disposable))
                disposable.Dispose();
    }

    /// <summary>Disposes all the scope owns but the object; gives it back.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    /// <summary>Forgets an object that has been disposed elsewhere.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Move(disposable, null);

    /// <summary>Disposes all the scope owns and makes the enclosing scope the innermost.</summary>
    public void Dispose()
    {
        if (manager is null)
            return;
        DisposeEverything();
        manager.Remove(this);
        manager = null;
    }

    private void Move(IDisposable disposable, DisposeScope? target)
    {
        ObjectDisposedException.ThrowIf(manager is null, this);
        if (!Disposables.Remove(disposable))
            return;
        target?.Disposables.Add(disposable);
        ((torch.Tensor)disposable).OwningDisposeScope = target;
    }
}
