using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.SGD(IEnumerable{Modules.SGD.ParamGroup}, double, double, double, double, bool, bool)"/>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <inheritdoc cref="Modules.SGD(IEnumerable{Modules.SGD.ParamGroup}, double, double, double, double, bool, bool)"/>
            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }

    namespace Modules
    {
        /// <summary>Stochastic gradient descent, with momentum.</summary>
        public class SGD : OptimizerHelper, optim.IMomentum
        {
            private readonly Options defaults;

            /// <inheritdoc cref="SGD(IEnumerable{ParamGroup}, double, double, double, double, bool, bool)"/>
            public SGD(
                IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
            {
            }

            /// <summary>Makes the optimizer.</summary>
            /// <param name="parameters">What to change.</param>
            /// <param name="lr">The learning rate: what a gradient is multiplied by.</param>
            /// <param name="momentum">The share of the last step's direction in the next.</param>
            /// <param name="dampening">The part of a gradient that does not enter the direction.</param>
            /// <param name="weight_decay">What of the parameter itself is added to its gradient.</param>
            /// <param name="nesterov">Whether to look ahead along the direction.</param>
            /// <param name="maximize">Whether to climb instead.</param>
            /// <exception cref="ArgumentException">A setting is negative, or Nesterov without momentum or with dampening.</exception>
            public SGD(
                IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
            {
                if (lr < 0)
                    throw new ArgumentException($"Invalid learning rate: {lr}");
                if (momentum < 0)
                    throw new ArgumentException($"Invalid momentum value: {momentum}");
                if (weight_decay < 0)
                    throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
                if (nesterov && (momentum <= 0 || dampening != 0))
                    throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");

                defaults = new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                };
                foreach (var group in parameters)
                    add_param_group(group);
            }

            /// <summary>The momentum of groups that have none of their own.</summary>
            public double Momentum
            {
                get => defaults.momentum!.Value;
                set => defaults.momentum = value;
            }

            internal override void Complete(Modules.ParamGroup group)
            {
                var options = (Options)(group.Options ??= new Options());
                options.LearningRate ??= defaults.LearningRate;
                options.momentum ??= defaults.momentum;
                options.dampening ??= defaults.dampening;
                options.weight_decay ??= defaults.weight_decay;
                options.nesterov ??= defaults.nesterov;
                options.maximize ??= defaults.maximize;
            }

            internal override OptimizerState NewState(Parameter parameter) => new State();

            internal override void Update(Modules.ParamGroup group, Parameter parameter, Tensor gradient, OptimizerState state)
            {
                var options = (Options)group.Options;
                var momentum = options.momentum!.Value;
                if (options.weight_decay is { } decay and not 0)
                    gradient = gradient.add(parameter, alpha: decay);
                if (momentum != 0)
                {
                    var memory = (State)state;
                    if (memory.momentum_buffer is { } buffer)
                        buffer.mul_(momentum).add_(gradient, alpha: 1 - options.dampening!.Value);
                    else
                        memory.momentum_buffer = gradient.clone().DetachFromDisposeScope();
                    gradient = options.nesterov!.Value
                        ? gradient.add(memory.momentum_buffer, alpha: momentum)
                        : memory.momentum_buffer;
                }

                parameter.add_(gradient, alpha: options.maximize!.Value ? group.LearningRate : -group.LearningRate);
            }

            /// <summary>The settings of a group; what is null is the optimizer's.</summary>
            public class Options : OptimizerOptions
            {
                /// <summary>The share of the last step's direction in the next.</summary>
                public double? momentum;

                /// <summary>The part of a gradient that does not enter the direction.</summary>
                public double? dampening;

                /// <summary>What of the parameter itself is added to its gradient.</summary>
                public double? weight_decay;

                /// <summary>Whether to look ahead along the direction.</summary>
                public bool? nesterov;

                /// <summary>Whether to climb instead.</summary>
                public bool? maximize;
            }

            /// <summary>Parameters with settings of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, optim.IMomentum
            {
                /// <summary>Makes an empty group.</summary>
                public ParamGroup()
                {
                }

                /// <summary>Makes a group; settings that are null are the optimizer's.</summary>
                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                /// <summary>Makes a group with all settings.</summary>
                public ParamGroup(
                    IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0,
                    double weight_decay = 0, bool nesterov = false, bool maximize = false)
                    : base(parameters, new Options
                    {
                        LearningRate = lr,
                        momentum = momentum,
                        dampening = dampening,
                        weight_decay = weight_decay,
                        nesterov = nesterov,
                        maximize = maximize,
                    })
                {
                }

                /// <inheritdoc/>
                public double Momentum
                {
                    get => Options.momentum!.Value;
                    set => Options.momentum = value;
                }
            }

            /// <summary>What is remembered of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>The direction of the last step; null before the first or without momentum.</summary>
                public Tensor? momentum_buffer;

                internal State()
                {
                }

                /// <summary>Disposes the direction.</summary>
                public void Dispose() => momentum_buffer?.Dispose();
            }
        }
    }
}
