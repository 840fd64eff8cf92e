using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>What an optimizer keeps from step to step.</summary>
internal static class OptimizerMemory
{
    /// <summary>
    /// Makes gradients and momenta, all zero, before the first batch: they stay for the whole run, and made among a batch's values they would
    /// scatter over the memory that all later batches use. A momentum that starts as zero is after one step what it is without.
    /// </summary>
    /// <param name="parameters">All that the optimizer learns, in its order.</param>
    /// <param name="optimizer">One that has not taken a step yet.</param>
    public static void Reserve(Parameter[] parameters, SGD optimizer)
    {
        using var scope = torch.NewDisposeScope();
        torch.autograd.backward(parameters, [.. parameters.Select(parameter => torch.zeros_like(parameter))]);
        foreach (var (parameter, state) in parameters.Zip(optimizer.state_dict().State.Cast<SGD.State>()))
        {
            state.momentum_buffer = torch.zeros_like(parameter).DetachFromDisposeScope();
        }
    }
}
