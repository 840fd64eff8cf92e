namespace Slimmable.Training;

/// <summary>What an image teaches the gate in Stage II.</summary>
public enum LabelRule
{
    /// <summary>
    /// A label: the narrowest where that is right, else the widest, for even what it gets wrong deserves the attempt. The DS-Net release's.
    /// </summary>
    TryBest,

    /// <summary>A label: the widest where that is right and the narrowest is not, else the narrowest, for nothing is lost where both are wrong.</summary>
    GiveUp,

    /// <summary>
    /// No label, but what each candidate loses to the widest: its extra error rate over all images, as a part of the narrowest's, times how unsure the
    /// narrowest is of this image (one less the probability of its best class). Right or wrong is a coin that is thrown once an image; how unsure a
    /// network is can be learnt from far fewer. The scores are then in units of accuracy, which a dial can trade against cost.
    /// </summary>
    Uncertainty,
}
