namespace Slimmable.Training;

/// <summary>Which candidate an image is labelled with in Stage II. Images that the narrowest gets right are labelled with the narrowest in any case.</summary>
public enum LabelRule
{
    /// <summary>All others with the widest: even those that it gets wrong deserve the attempt. The DS-Net release's.</summary>
    TryBest,

    /// <summary>Those that the widest gets right with the widest; those that the widest gets wrong, too, with the narrowest: nothing is lost there.</summary>
    GiveUp,
}
