namespace Slimmable.Export;

/// <summary>A server that takes a model's folder as it is.</summary>
public enum ServingTarget
{
    /// <summary>Triton: a model repository.</summary>
    Triton,

    /// <summary>KServe: the same repository, which its Triton runtime loads, and the resource that names it.</summary>
    Kserve,
}
