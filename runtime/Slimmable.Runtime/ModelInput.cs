using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>
/// One or more whole inputs of a request, row-major: preprocessed 32-bit floats, or raw bytes for a bundle whose graphs preprocess. The manifest's
/// <see cref="BundleManifest.Input"/> says which, and their shape and layout. Arrays and spans of either convert by themselves.
/// </summary>
public readonly ref struct ModelInput
{
    private readonly ReadOnlySpan<byte> bytes;

    private ModelInput(ReadOnlySpan<float> numbers, ReadOnlySpan<byte> bytes, NumberType type)
    {
        Numbers = numbers;
        this.bytes = bytes;
        Type = type;
    }

    /// <summary>What the inputs consist of.</summary>
    public NumberType Type { get; }

    /// <summary>The numbers of all inputs together.</summary>
    public int Length => Numbers.Length + bytes.Length;

    /// <summary>The floats; empty where the inputs are bytes.</summary>
    internal ReadOnlySpan<float> Numbers { get; }

    /// <summary>Preprocessed numbers.</summary>
    /// <param name="numbers">Whole inputs.</param>
    public static implicit operator ModelInput(ReadOnlySpan<float> numbers) => new(numbers, [], NumberType.F32);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator ModelInput(Span<float> numbers) => new(numbers, [], NumberType.F32);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{float})"/>
    public static implicit operator ModelInput(float[] numbers) => new(numbers, [], NumberType.F32);

    /// <summary>Raw pixels, 0 to 255.</summary>
    /// <param name="pixels">Whole inputs.</param>
    public static implicit operator ModelInput(ReadOnlySpan<byte> pixels) => new([], pixels, NumberType.U8);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{byte})"/>
    public static implicit operator ModelInput(Span<byte> pixels) => new([], pixels, NumberType.U8);

    /// <inheritdoc cref="op_Implicit(ReadOnlySpan{byte})"/>
    public static implicit operator ModelInput(byte[] pixels) => new([], pixels, NumberType.U8);

    /// <summary>Some of the numbers.</summary>
    internal ModelInput Slice(int start, int length) => Type == NumberType.U8 ? bytes.Slice(start, length) : Numbers.Slice(start, length);

    /// <summary>For <c>fixed</c>.</summary>
    internal ref readonly byte GetPinnableReference() =>
        ref Type == NumberType.U8 ? ref MemoryMarshal.GetReference(bytes) : ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(Numbers));
}
