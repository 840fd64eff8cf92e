using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// One argument of an operator call. Implicit conversions make every call site read like the operator's schema;
/// <see cref="Reference"/> keeps what the native side borrows alive until the call is over.
/// </summary>
internal readonly struct Argument
{
    private readonly long bits;

    private Argument(NativeKind kind, long bits, object? reference = null)
    {
        Kind = kind;
        this.bits = bits;
        Reference = reference;
    }

    /// <summary>The value Python writes as None: an absent optional argument.</summary>
    public static Argument None => default;

    public NativeKind Kind { get; }

    public object? Reference { get; }

    /// <summary>How many 64-bit words the call needs beside the argument itself.</summary>
    public int Words => Reference switch
    {
        long[] numbers => numbers.Length,
        torch.Tensor?[] tensors => tensors.Length,
        string text => (Encoding.UTF8.GetByteCount(text) + 7) / 8,
        _ => 0,
    };

    public static implicit operator Argument(torch.Tensor? tensor) =>
        tensor is null ? None : new(NativeKind.Tensor, tensor.Handle, tensor);

    public static implicit operator Argument(torch.Tensor[] tensors) => new(NativeKind.TensorList, 0, tensors);

    public static implicit operator Argument(long value) => new(NativeKind.Int, value);

    public static implicit operator Argument(long? value) => value is { } number ? number : None;

    public static implicit operator Argument(double value) => new(NativeKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } number ? number : None;

    public static implicit operator Argument(bool value) => new(NativeKind.Bool, value ? 1 : 0);

    public static implicit operator Argument(Scalar? value) => value switch
    {
        null => None,
        { Type: torch.ScalarType.Bool } => value.Integer != 0,
        { Type: torch.ScalarType.Float64 } => value.Real,
        _ => value.Integer,
    };

    public static implicit operator Argument(torch.ScalarType type) => new(NativeKind.Int, (long)type);

    public static implicit operator Argument(torch.ScalarType? type) => type is { } value ? value : None;

    public static implicit operator Argument(long[]? values) => values is null ? None : new(NativeKind.IntList, 0, values);

    public static implicit operator Argument(ReadOnlySpan<long> values) => values.ToArray();

    public static implicit operator Argument(string? text) => text is null ? None : new(NativeKind.String, 0, text);

    public static implicit operator Argument(torch.Generator? generator) =>
        generator is null ? None : new(NativeKind.Generator, generator.Handle, generator);

    /// <summary>A list whose members may be absent, as indexing takes it.</summary>
    public static Argument Optionals(torch.Tensor?[] tensors) => new(NativeKind.OptionalTensorList, 0, tensors);

    /// <summary>Writes the argument, using the first <see cref="Words"/> words of <paramref name="room"/>.</summary>
    public unsafe NativeValue ToNative(Span<long> room)
    {
        if (Kind is not (NativeKind.IntList or NativeKind.TensorList or NativeKind.OptionalTensorList or NativeKind.String))
            return new NativeValue { Kind = Kind, Bits = bits };

        var count = room.Length;
        if (Reference is long[] numbers)
            numbers.CopyTo(room);
        else if (Reference is torch.Tensor?[] tensors)
            for (var i = 0; i < tensors.Length; i++)
                room[i] = tensors[i]?.Handle ?? 0;
        else
            count = Encoding.UTF8.GetBytes((string)Reference!, MemoryMarshal.AsBytes(room));

        fixed (long* start = room)
            return new NativeValue { Kind = Kind, Count = count, Bits = (long)start };
    }
}
