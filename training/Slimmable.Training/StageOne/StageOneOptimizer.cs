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
        Reserve([.. supernet.Parameters(Learnt(supernet.Graph))], optimizer);
        return optimizer;
    }

    /// <summary>
    /// Makes gradients and momenta, all zero, before the first batch: they stay for the whole run, and made among a batch's values they would
    /// scatter over the memory that all later batches use. A momentum that starts as zero is after one step what it is without.
    /// </summary>
    private static void Reserve(Parameter[] parameters, SGD optimizer)
    {
        using var scope = torch.NewDisposeScope();
        torch.autograd.backward(parameters, [.. parameters.Select(parameter => torch.zeros_like(parameter))]);
        foreach (var (parameter, state) in parameters.Zip(optimizer.state_dict().State.Cast<SGD.State>()))
        {
            state.momentum_buffer = torch.zeros_like(parameter).DetachFromDisposeScope();
        }
    }

    private static IEnumerable<TensorSpec> Learnt(SupernetGraph graph, bool decayed) =>
        graph.NodesFor([graph.Definition.Logits]).SelectMany(graph.TensorsOf).Where(spec => spec.IsLearnt && decayed == spec.Dimensions.Count > 1);
}
