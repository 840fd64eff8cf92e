using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>The losses of the papers.</summary>
public static class Losses
{
    /// <summary>Cross-entropy with the labels: <c>mean over rows of -sum q log_softmax(logits)</c>, q the smoothed one-hot.</summary>
    /// <param name="logits"><c>[N, classes]</c>.</param>
    /// <param name="labels">Int64 <c>[N]</c>.</param>
    /// <param name="smoothing">What the labels give to all classes alike, in [0, 1).</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, double smoothing) =>
        nn.functional.cross_entropy(logits, labels, label_smoothing: smoothing);

    /// <summary>Cross-entropy with a teacher's probabilities: <c>mean over rows of -sum p log_softmax(logits)</c>.</summary>
    /// <param name="logits"><c>[N, classes]</c>.</param>
    /// <param name="probabilities"><c>[N, classes]</c>, rows sum to 1; no gradient flows to it.</param>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(probabilities);
        return probabilities.mul(logits.log_softmax(1)).sum(1).mean().neg();
    }

    /// <summary>
    /// A one-hot choice among scores by Gumbel noise, with the gradient of the softmax (straight through; Jang, Gu and Poole, "Categorical
    /// Reparameterization with Gumbel-Softmax", ICLR 2017).
    /// </summary>
    /// <param name="scores"><c>[N, K]</c>.</param>
    /// <param name="temperature">Of the softmax, above 0.</param>
    /// <param name="noiseScale">Of the noise, from 0 up; 1 draws from the softmax of the scores, 0 takes the largest.</param>
    /// <param name="generator">Where the noise comes from.</param>
    public static Tensor GumbelOneHot(Tensor scores, double temperature, double noiseScale, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var noise = torch.empty(scores.shape, ScalarType.Float32).exponential_(1, generator).log().mul(-noiseScale);
        var soft = scores.add(noise).div(temperature).softmax(1);
        var hard = nn.functional.one_hot(soft.argmax(1), scores.shape[1]).to(ScalarType.Float32);
        return hard.sub(soft.detach()).add(soft);
    }
}
