using TorchSharp;

namespace Slimmable.Training;

/// <summary>What the candidates of a gate answer to a batch, each computed when it is first asked for.</summary>
/// <param name="count">How many candidates there are.</param>
/// <param name="answer">The logits <c>[N, classes]</c> of a candidate, without gradient.</param>
internal sealed class GateAnswers(int count, Func<int, torch.Tensor> answer)
{
    private readonly torch.Tensor?[] known = new torch.Tensor?[count];

    /// <summary>How many candidates there are.</summary>
    public int Count => count;

    /// <summary>The cheapest candidate's.</summary>
    public torch.Tensor Narrowest => Of(0);

    /// <summary>The dearest candidate's.</summary>
    public torch.Tensor Widest => Of(count - 1);

    /// <summary>Every candidate's, from cheap to dear.</summary>
    public IEnumerable<torch.Tensor> All => Enumerable.Range(0, count).Select(Of);

    private torch.Tensor Of(int candidate) => known[candidate] ??= answer(candidate);
}
