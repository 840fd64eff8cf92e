using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What optimizers that compute in C# share.</summary>
public abstract class OptimizerHelper : Optimizer
{
    // Tensors compare by their elements, so parameters are told apart by reference.
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

    /// <summary>The settings of every group and what is remembered of every parameter: to save, or to put back what was saved.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        dictionary.Options.AddRange(Groups.Select(group => group.Options));
        dictionary.State.AddRange(parameters().Select(parameter => states[parameter]));
        return dictionary;
    }

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        Complete(param_group);
        param_group.InitialLearningRate = param_group.LearningRate;
        Groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
            states[parameter] = NewState(parameter);
    }

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        var loss = Loss(closure);
        using var off = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in Groups)
            foreach (var parameter in group.Parameters)
                if (parameter.grad is { } gradient)
                    Update(group, parameter, gradient, states[parameter]);
        return loss;
    }

    /// <summary>Fills in the settings a group lacks.</summary>
    internal abstract void Complete(ParamGroup group);

    /// <summary>What is remembered of a parameter before the first step.</summary>
    internal abstract OptimizerState NewState(Parameter parameter);

    /// <summary>Changes one parameter; nothing is recorded, and a dispose scope is open.</summary>
    internal abstract void Update(ParamGroup group, Parameter parameter, Tensor gradient, OptimizerState state);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var state in states.Values.OfType<IDisposable>())
            state.Dispose();
        states.Clear();
        base.Dispose(disposing);
    }

    private static Tensor? Loss(Func<Tensor>? closure)
    {
        using var on = enable_grad();
        return closure?.Invoke();
    }
}

/// <summary>The settings of a group.</summary>
public class OptimizerOptions
{
    /// <summary>The learning rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The learning rate at the beginning.</summary>
    public double InitialLearningRate { get; set; }
}

/// <summary>What an optimizer remembers of a parameter.</summary>
public abstract class OptimizerState
{
    private protected OptimizerState()
    {
    }
}

/// <summary>Parameters with settings of their own.</summary>
public class ParamGroup : ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The settings.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <inheritdoc/>
    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    /// <inheritdoc/>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

/// <summary>Parameters with settings of a kind.</summary>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    /// <summary>Makes an empty group.</summary>
    public ParamGroup()
    {
    }

    /// <summary>Makes a group; settings it lacks are the optimizer's.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The settings.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
