namespace Slimmable.Models;

/// <summary>
/// Where a subnet is chosen from the input. Everything needed for <see cref="Features"/> and <see cref="Logits"/> is the trunk and is
/// computed once, the same for every routable subnet; the rest of a subnet is its tail and starts from the features.
/// </summary>
/// <param name="Name">Unique among the gates.</param>
/// <param name="Features">The node whose value is handed to the tails.</param>
/// <param name="Logits">The node that yields <c>[N, candidates]</c> scores; the largest wins.</param>
/// <param name="Candidates">Routable subnets in the order of the scores.</param>
public sealed record Gate(string Name, string Features, string Logits, IReadOnlyList<string> Candidates);
