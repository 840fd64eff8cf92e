using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>
/// Initial weights as the DS-Net authors' code draws them: convolutions N(0, sqrt(2 / fan_out)) with fan_out = k*k*out/groups, linear layers
/// U(-1/sqrt(out), 1/sqrt(out)), gammas and variances 1, the rest 0.
/// </summary>
public static class WeightInitializer
{
    /// <summary>Draws every tensor of a supernet anew. The same seed gives the same weights.</summary>
    /// <param name="supernet">What is initialized.</param>
    /// <param name="seed">From 0 up.</param>
    public static void Initialize(Supernet supernet, long seed)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        using var generator = new torch.Generator((ulong)seed);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var spec in supernet.Graph.Tensors)
        {
            var tensor = supernet[spec.Name];
            switch (spec.Role, spec.Node)
            {
                case (TensorRole.Weight, Conv2dNode conv):
                    var filters = conv.Kind == ConvolutionKind.Depthwise ? 1 : spec.Dimensions[0].Full;
                    tensor.normal_(0, Math.Sqrt(2.0 / (conv.Kernel * conv.Kernel * filters)), generator);
                    break;
                case (TensorRole.Weight, _):
                    var bound = 1 / Math.Sqrt(spec.Dimensions[0].Full);
                    tensor.uniform_(-bound, bound, generator);
                    break;
                case (TensorRole.Gamma or TensorRole.RunningVariance, _):
                    tensor.fill_(1);
                    break;
                default:
                    tensor.zero_();
                    break;
            }
        }
    }
}
