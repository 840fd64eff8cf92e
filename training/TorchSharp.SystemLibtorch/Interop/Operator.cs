using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace TorchSharp.Interop;

/// <summary>
/// Calls operators of libtorch's <c>aten</c> library through its dispatcher. A name is <c>operator</c> or
/// <c>operator.overload</c>, and the arguments are all of its schema's, defaults included, in order.
/// </summary>
internal static class Operator
{
    private const int MaximalResults = 5;
    private const int WordsOnStack = 64;

    private static readonly ConcurrentDictionary<string, nint> Handles = new();

    /// <summary>Calls an operator that returns one tensor.</summary>
    public static torch.Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaximalResults];
        Invoke(name, arguments, results);
        return new torch.Tensor((nint)results[0].Bits);
    }

    /// <summary>Calls an operator that changes its first argument and returns that argument.</summary>
    public static torch.Tensor CallInPlace(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaximalResults];
        Invoke(name, arguments, results);
        NativeMethods.st_release((nint)results[0].Bits);
        return (torch.Tensor)arguments[0].Reference!;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public static (torch.Tensor First, torch.Tensor Second) CallPair(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaximalResults];
        Invoke(name, arguments, results);
        return (new torch.Tensor((nint)results[0].Bits), new torch.Tensor((nint)results[1].Bits));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public static unsafe torch.Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaximalResults];
        Invoke(name, arguments, results);
        var handles = (nint*)results[0].Bits;
        var tensors = new torch.Tensor[results[0].Count];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new torch.Tensor(handles[i]);
        NativeMethods.st_free((nint)handles);
        return tensors;
    }

    /// <summary>Calls an operator that returns a truth value.</summary>
    public static bool CallBool(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaximalResults];
        Invoke(name, arguments, results);
        return results[0].Bits != 0;
    }

    /// <summary>Calls an operator that returns a number.</summary>
    public static Scalar CallScalar(string name, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[MaximalResults];
        Invoke(name, arguments, results);
        return results[0] switch
        {
            { Kind: NativeKind.Double } value => BitConverter.Int64BitsToDouble(value.Bits),
            { Kind: NativeKind.Bool } value => value.Bits != 0,
            var value => value.Bits,
        };
    }

    [SkipLocalsInit]
    private static unsafe void Invoke(string name, ReadOnlySpan<Argument> arguments, Span<NativeValue> results)
    {
        var words = 0;
        foreach (ref readonly var argument in arguments)
            words += argument.Words;

        Span<long> room = words <= WordsOnStack ? stackalloc long[WordsOnStack] : new long[words];
        var native = stackalloc NativeValue[arguments.Length];
        fixed (long* pinned = room)
        fixed (NativeValue* output = results)
        {
            var used = 0;
            for (var i = 0; i < arguments.Length; i++)
            {
                var needed = arguments[i].Words;
                native[i] = arguments[i].ToNative(new Span<long>(pinned + used, needed));
                used += needed;
            }

            NativeMethods.Check(NativeMethods.st_call(Find(name), native, arguments.Length, output, results.Length));
        }

        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Reference);
    }

    private static nint Find(string name) => Handles.GetOrAdd(name, static name =>
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? NativeMethods.Check(NativeMethods.st_operator("aten::" + name, ""))
            : NativeMethods.Check(NativeMethods.st_operator("aten::" + name[..dot], name[(dot + 1)..]));
    });
}
