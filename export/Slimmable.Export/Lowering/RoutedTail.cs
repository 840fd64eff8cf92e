namespace Slimmable.Export;

/// <summary>A tail that a gate can choose.</summary>
/// <param name="Name">Its subnet's.</param>
/// <param name="Index">Its subnet's place in the bundle, from cheap to dear.</param>
/// <param name="Network">From the features to the logits.</param>
internal sealed record RoutedTail(string Name, int Index, PlainNetwork Network);
