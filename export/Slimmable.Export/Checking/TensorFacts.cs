namespace Slimmable.Export;

/// <summary>What is known of a value before the model runs.</summary>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Numbers">Its elements, row-major, where they are a few whole numbers that follow from the model alone: what shapes and places are made of.</param>
internal sealed record TensorFacts(OnnxType Type, TensorShape Shape, IReadOnlyList<Length>? Numbers = null)
{
    /// <summary>More numbers than that are not followed: each node that hands them on has a copy.</summary>
    public const int MostNumbers = 64;

    public override string ToString() => $"{Type.Text()} {Shape}";
}
