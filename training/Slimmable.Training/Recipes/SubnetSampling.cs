namespace Slimmable.Training;

/// <summary>Which subnets one step of Stage I runs.</summary>
public enum SubnetSampling
{
    /// <summary>The widest, some random ones, the narrowest (Yu and Huang, "Universally Slimmable Networks", ICCV 2019).</summary>
    Sandwich,

    /// <summary>Every subnet, from the widest to the narrowest (Yu et al., "Slimmable Neural Networks", ICLR 2019).</summary>
    Every,
}
