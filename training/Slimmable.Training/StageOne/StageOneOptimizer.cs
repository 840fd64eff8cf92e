using Slimmable.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>What Stage I learns, and with which optimizer: weight decay is for matrices and kernels, not for gammas, betas and biases.</summary>
internal static class StageOneOptimizer
{
    /// <summary>The learnt tensors on the way to the logits, in the optimizer's order. The gate's slimming head is not among them.</summary>
    public static IEnumerable<TensorSpec> Learnt(SupernetGraph graph) => Learnt(graph, decayed: true).Concat(Learnt(graph, decayed: false));

    /// <summary>The optimizer.</summary>
    public static SGD Create(Supernet supernet, StageOneOptions options)
    {
        var nesterov = options.Momentum > 0;
        SGD.ParamGroup Group(bool decayed) => new(
            [.. supernet.Parameters(Learnt(supernet.Graph, decayed))], options.LearningRate, options.Momentum, 0, decayed ? options.WeightDecay : 0, nesterov);
        var optimizer = torch.optim.SGD([Group(decayed: true), Group(decayed: false)], options.LearningRate, options.Momentum, nesterov: nesterov);
        OptimizerMemory.Reserve([.. supernet.Parameters(Learnt(supernet.Graph))], optimizer);
        return optimizer;
    }

    private static IEnumerable<TensorSpec> Learnt(SupernetGraph graph, bool decayed) =>
        graph.NodesFor([graph.Definition.Logits]).SelectMany(graph.TensorsOf).Where(spec => spec.IsLearnt && decayed == spec.Dimensions.Count > 1);
}
