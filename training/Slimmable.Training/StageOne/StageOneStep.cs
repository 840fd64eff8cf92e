using Slimmable.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>One step of Stage I, up to the gradients: which subnets run, and what each of them learns.</summary>
/// <param name="supernet">What learns.</param>
/// <param name="average">Its moving average; needed where that teaches.</param>
/// <param name="options">The recipe's part.</param>
internal sealed class StageOneStep(Supernet supernet, Supernet? average, StageOneOptions options)
{
    private readonly SupernetGraph graph = supernet.Graph;
    private readonly TrainingPasses passes = new(supernet);

    /// <summary>The subnets between the widest and the narrowest, from wide to narrow.</summary>
    private readonly Subnet[] middle = [.. supernet.Graph.Routable.Skip(1).Where(subnet => subnet != supernet.Graph.Teacher).Reverse()];

    /// <summary>Runs all passes and sums their gradients into the parameters.</summary>
    /// <param name="batch">The images and labels.</param>
    /// <param name="random">Draws the random subnets.</param>
    /// <returns>The losses by subnet name, in the order of the passes.</returns>
    public IReadOnlyList<(string Subnet, double Loss)> Run(Batch batch, Random random)
    {
        IReadOnlyList<Subnet> between = options.Subnets == SubnetSampling.Every || middle.Length == 0
            ? middle
            : random.GetItems(middle, options.RandomSubnets);
        return Run(batch, between);
    }

    /// <summary>As the other, with the subnets between the widest and the narrowest given.</summary>
    public IReadOnlyList<(string Subnet, double Loss)> Run(Batch batch, IReadOnlyList<Subnet> between)
    {
        using var scope = torch.NewDisposeScope();
        var narrowest = graph.Routable[0];
        Subnet[] subnets = narrowest == graph.Teacher ? [narrowest] : [graph.Teacher, .. between, narrowest];
        var targets = TargetsOf(batch.Images, subnets);
        Tensor LossOf(int index, Tensor logits)
        {
            if (index == 0 && options.Teaching == Teaching.Widest)
            {
                using var noGradient = torch.no_grad();
                Array.Fill(targets, logits.softmax(1).MoveToOuterDisposeScope(), 1, targets.Length - 1);
            }

            return targets[index] is { } target
                ? Losses.SoftCrossEntropy(logits, target)
                : Losses.CrossEntropy(logits, batch.Labels, options.LabelSmoothing);
        }

        var losses = passes.Run(batch.Images, subnets, subnet => options.Dropout && subnet == graph.Teacher, LossOf);
        return [.. subnets.Zip(losses, (subnet, loss) => (subnet.Name, loss))];
    }

    /// <summary>The probabilities that each subnet learns; null for the labels, or for what is known only after the widest's pass.</summary>
    private Tensor?[] TargetsOf(Tensor images, Subnet[] subnets)
    {
        var targets = new Tensor?[subnets.Length];
        if (!options.AverageTeaches || subnets.Length == 1)
        {
            return targets;
        }

        using var noGradient = torch.no_grad();
        var asked = options.Teaching == Teaching.Ensemble ? subnets[..^1] : subnets[..1];
        var answers = average!.Logits(images, asked, ForwardMode.Inference).Select(logits => logits.softmax(1)).ToList();
        Array.Fill(targets, answers[0], 1, subnets.Length - 1);
        targets[^1] = torch.stack(answers).mean([0]);
        return targets;
    }
}
