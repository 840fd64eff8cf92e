using Slimmable.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>
/// The forward and backward passes of several subnets over one batch. Where the graph has a gate, all that stands before it is the same for
/// every routable subnet: it is run once for all of them, forward and backward, and takes the batch into its running statistics once for
/// each. The gradients are those of separate passes; only one subnet's tail is held in memory at a time.
/// </summary>
internal sealed class TrainingPasses(Supernet supernet)
{
    /// <summary>Sums the gradients of every subnet's loss into the parameters.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    /// <param name="subnets">In this order, but for a teacher that is not routable, which comes first in any case.</param>
    /// <param name="dropoutIn">Whether dropout drops in a subnet's pass.</param>
    /// <param name="lossOf">The loss of a subnet, by its index, from its logits.</param>
    /// <returns>The losses, in the order of the subnets.</returns>
    public double[] Run(Tensor images, IReadOnlyList<Subnet> subnets, Func<Subnet, bool> dropoutIn, Func<int, Tensor, Tensor> lossOf)
    {
        var losses = new double[subnets.Count];
        void Learn(int index, Func<Subnet, ForwardMode, Tensor> logitsOf)
        {
            using var scope = torch.NewDisposeScope();
            var loss = lossOf(index, logitsOf(subnets[index], new ForwardMode(BatchStatistics: true, dropoutIn(subnets[index]))));
            loss.backward();
            losses[index] = loss.item<float>();
        }

        var indices = Enumerable.Range(0, subnets.Count).ToLookup(index => supernet.Graph.Gate is not null && subnets[index].Routable);
        foreach (var index in indices[false])
        {
            Learn(index, (subnet, mode) => supernet.Logits(images, subnet, mode));
        }

        if (indices[true].Any())
        {
            using var scope = torch.NewDisposeScope();
            var features = supernet.Features(images, new ForwardMode(BatchStatistics: true, Passes: indices[true].Count()));
            var leaf = features.detach().requires_grad_();
            foreach (var index in indices[true])
            {
                Learn(index, (subnet, mode) => supernet.Tail(leaf, subnet, mode));
            }

            autograd.backward(features, [Gradients.Of(leaf)]);
        }

        return losses;
    }
}
