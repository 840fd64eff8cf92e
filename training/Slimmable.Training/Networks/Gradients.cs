using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>
/// Reads the gradient of a leaf. TorchSharp has it as a method <c>grad()</c> up to 0.99 and as a property <c>grad</c> later; no source that
/// names it compiles against both.
/// </summary>
internal static class Gradients
{
    private static readonly Func<Tensor, Tensor?> Read =
        (typeof(Tensor).GetProperty("grad")?.GetMethod ?? typeof(Tensor).GetMethod("grad", Type.EmptyTypes)!).CreateDelegate<Func<Tensor, Tensor?>>();

    /// <summary>What backward passes have summed up in a leaf.</summary>
    /// <exception cref="InvalidOperationException">No pass has reached it.</exception>
    public static Tensor Of(Tensor leaf) => Read(leaf) ?? throw new InvalidOperationException("expected a leaf that a backward pass has reached");
}
