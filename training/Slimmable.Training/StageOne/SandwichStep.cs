using Slimmable.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>
/// One step of Stage I, up to the gradients: the teacher learns the labels, some random subnets and the narrowest learn from the moving
/// average (in-place bootstrapping, IB; with the ensemble, IEB).
/// </summary>
internal sealed class SandwichStep(Supernet supernet, Supernet average, StageOneOptions options)
{
    private readonly SupernetGraph graph = supernet.Graph;

    /// <summary>The subnets that random ones are drawn from: all but the narrowest and the teacher.</summary>
    private readonly Subnet[] middle = [.. supernet.Graph.Routable.Skip(1).Where(subnet => subnet != supernet.Graph.Teacher)];

    /// <summary>Runs all passes and sums their gradients into the parameters.</summary>
    /// <param name="batch">The images and labels.</param>
    /// <param name="random">Draws the random subnets.</param>
    /// <returns>The losses by subnet name, in the order of the passes.</returns>
    public IReadOnlyList<(string Subnet, double Loss)> Run(Batch batch, Random random)
    {
        var drawn = random.GetItems(middle, middle.Length == 0 ? 0 : options.RandomSubnets);
        return Run(batch, drawn);
    }

    /// <summary>As the other, with the random subnets given.</summary>
    public IReadOnlyList<(string Subnet, double Loss)> Run(Batch batch, IReadOnlyList<Subnet> drawn)
    {
        using var scope = torch.NewDisposeScope();
        var (teacher, narrowest) = (graph.Teacher, graph.Routable[0]);
        var taught = Answer(batch.Images, teacher);
        var losses = new List<(string, double)>
        {
            Learn(batch.Images, teacher, new ForwardMode(BatchStatistics: true, options.Dropout), logits => Losses.CrossEntropy(logits, batch.Labels, options.LabelSmoothing)),
        };
        foreach (var subnet in drawn)
        {
            losses.Add(Learn(batch.Images, subnet, ForwardMode.Training, logits => Losses.SoftCrossEntropy(logits, taught)));
        }

        if (narrowest != teacher)
        {
            var target = options.Ensemble ? Mean([taught, .. drawn.Select(subnet => Answer(batch.Images, subnet))]) : taught;
            losses.Add(Learn(batch.Images, narrowest, ForwardMode.Training, logits => Losses.SoftCrossEntropy(logits, target)));
        }

        return losses;
    }

    private (string Subnet, double Loss) Learn(Tensor images, Subnet subnet, ForwardMode mode, Func<Tensor, Tensor> lossOf)
    {
        using var scope = torch.NewDisposeScope();
        var loss = lossOf(supernet.Logits(images, subnet, mode));
        loss.backward();
        return (subnet.Name, loss.item<float>());
    }

    /// <summary>The moving average's probabilities.</summary>
    private Tensor Answer(Tensor images, Subnet subnet)
    {
        using var noGradient = torch.no_grad();
        return average.Logits(images, subnet, ForwardMode.Inference).softmax(1);
    }

    private static Tensor Mean(Tensor[] probabilities)
    {
        using var noGradient = torch.no_grad();
        return torch.stack(probabilities).mean([0]);
    }
}
