namespace Slimmable.Training;

/// <summary>A tensor of somebody else's checkpoint.</summary>
/// <param name="Type">The element type's name, as safetensors has it.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Values">Row-major; null where the elements are no floats of at most 32 bits.</param>
internal sealed record StateTensor(string Type, IReadOnlyList<long> Shape, float[]? Values)
{
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
