namespace Slimmable.Training;

/// <summary>How the learning rate falls after its warm-up, set anew each step.</summary>
public enum LearningRateDecay
{
    /// <summary>Half a cosine down to 0.</summary>
    Cosine,

    /// <summary>A straight line down to 0.</summary>
    Linear,

    /// <summary>To a tenth at each of some epochs.</summary>
    Steps,
}
