namespace Slimmable.Models;

/// <summary>What a part of the graph costs for one image.</summary>
/// <param name="MAdds">Multiply-adds.</param>
/// <param name="Parameters">Learnt numbers it reads: weights, biases, gammas and betas, after slicing.</param>
public readonly record struct Cost(long MAdds, long Parameters)
{
    /// <summary>The sum of two parts.</summary>
    public static Cost operator +(Cost left, Cost right) =>
        checked(new(left.MAdds + right.MAdds, left.Parameters + right.Parameters));

    /// <summary>The sum of two parts.</summary>
    public static Cost Add(Cost left, Cost right) => left + right;
}
