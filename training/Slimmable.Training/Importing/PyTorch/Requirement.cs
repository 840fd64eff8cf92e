namespace Slimmable.Training;

/// <summary>What a file of <c>torch.save</c> must be like.</summary>
internal static class Requirement
{
    /// <summary>Refuses the file where a condition does not hold.</summary>
    /// <exception cref="FormatException">It does not.</exception>
    public static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new FormatException(fault);
        }
    }
}
