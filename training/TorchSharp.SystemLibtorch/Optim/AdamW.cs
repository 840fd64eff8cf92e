using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Makes an Adam optimizer with weight decay apart from the gradient; see its constructor.</summary>
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Makes an Adam optimizer with weight decay apart from the gradient, for groups; see its constructor.</summary>
            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }

    namespace Modules
    {
        /// <summary>Adam with weight decay apart from the gradient.</summary>
        public class AdamW : OptimizerHelper, optim.IBetas
        {
            private readonly Options defaults;

            /// <inheritdoc cref="AdamW(IEnumerable{ParamGroup}, double, double, double, double, double, bool, bool)"/>
            public AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            /// <summary>Makes the optimizer.</summary>
            /// <param name="parameters">What to change.</param>
            /// <param name="lr">The learning rate: about what a step changes a parameter by.</param>
            /// <param name="beta1">The share of the old average in the average of gradients.</param>
            /// <param name="beta2">The share of the old average in the average of squared gradients.</param>
            /// <param name="eps">Added to the root of the latter.</param>
            /// <param name="weight_decay">What part of the parameter, times the learning rate, is taken off it in a step.</param>
            /// <param name="amsgrad">Whether to divide by the largest average of squares so far.</param>
            /// <param name="maximize">Whether to climb instead.</param>
            /// <exception cref="ArgumentException">A setting is outside its range.</exception>
            public AdamW(
                IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                if (lr < 0)
                    throw new ArgumentException($"Invalid learning rate: {lr}");
                if (beta1 is < 0 or >= 1)
                    throw new ArgumentException($"Invalid beta1 value: {beta1}");
                if (beta2 is < 0 or >= 1)
                    throw new ArgumentException($"Invalid beta2 value: {beta2}");
                if (eps < 0)
                    throw new ArgumentException($"Invalid eps value: {eps}");
                if (weight_decay < 0)
                    throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");

                defaults = new Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                };
                foreach (var group in parameters)
                    add_param_group(group);
            }

            /// <summary>The averages' shares of groups that have none of their own.</summary>
            public (double, double) Betas
            {
                get => (defaults.beta1!.Value, defaults.beta2!.Value);
                set => (defaults.beta1, defaults.beta2) = value;
            }

            internal override void Complete(Modules.ParamGroup group)
            {
                var options = (Options)(group.Options ??= new Options());
                options.LearningRate ??= defaults.LearningRate;
                options.beta1 ??= defaults.beta1;
                options.beta2 ??= defaults.beta2;
                options.eps ??= defaults.eps;
                options.weight_decay ??= defaults.weight_decay;
                options.amsgrad ??= defaults.amsgrad;
                options.maximize ??= defaults.maximize;
            }

            internal override OptimizerState NewState(Parameter parameter) => new State
            {
                exp_avg = zeros_like(parameter).DetachFromDisposeScope(),
                exp_avg_sq = zeros_like(parameter).DetachFromDisposeScope(),
            };

            internal override void Update(Modules.ParamGroup group, Parameter parameter, Tensor gradient, OptimizerState state)
            {
                var options = (Options)group.Options;
                var (beta1, beta2, rate) = (options.beta1!.Value, options.beta2!.Value, group.LearningRate);
                var memory = (State)state;
                if (options.maximize!.Value)
                    gradient = -gradient;

                memory.step++;
                parameter.mul_(1 - (rate * options.weight_decay!.Value));
                memory.exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
                memory.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);

                var squares = memory.exp_avg_sq;
                if (options.amsgrad!.Value)
                {
                    memory.max_exp_avg_sq ??= zeros_like(parameter).DetachFromDisposeScope();
                    squares = memory.max_exp_avg_sq.copy_(maximum(memory.max_exp_avg_sq, memory.exp_avg_sq));
                }

                var root = (squares.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, memory.step))).add_(options.eps!.Value);
                parameter.addcdiv_(memory.exp_avg, root, value: -rate / (1 - Math.Pow(beta1, memory.step)));
            }

            /// <summary>The settings of a group; what is null is the optimizer's.</summary>
            public class Options : OptimizerOptions
            {
                /// <summary>The share of the old average in the average of gradients.</summary>
                public double? beta1;

                /// <summary>The share of the old average in the average of squared gradients.</summary>
                public double? beta2;

                /// <summary>What part of the parameter, times the learning rate, is taken off it in a step.</summary>
                public double? weight_decay;

                /// <summary>Added to the root of the average of squares.</summary>
                public double? eps;

                /// <summary>Whether to divide by the largest average of squares so far.</summary>
                public bool? amsgrad;

                /// <summary>Whether to climb instead.</summary>
                public bool? maximize;
            }

            /// <summary>Parameters with settings of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, optim.IBetas
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
                    IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                    double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                    : base(parameters, new Options
                    {
                        LearningRate = lr,
                        beta1 = beta1,
                        beta2 = beta2,
                        eps = eps,
                        weight_decay = weight_decay,
                        amsgrad = amsgrad,
                        maximize = maximize,
                    })
                {
                }

                /// <inheritdoc/>
                public (double, double) Betas
                {
                    get => (Options.beta1!.Value, Options.beta2!.Value);
                    set => (Options.beta1, Options.beta2) = value;
                }
            }

            /// <summary>What is remembered of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>How many steps were taken.</summary>
                public long step;

                /// <summary>The average of gradients.</summary>
                public Tensor exp_avg = null!;

                /// <summary>The average of squared gradients.</summary>
                public Tensor exp_avg_sq = null!;

                /// <summary>The largest average of squared gradients so far; null unless asked for.</summary>
                public Tensor? max_exp_avg_sq;

                internal State()
                {
                }

                /// <summary>Disposes the averages.</summary>
                public void Dispose()
                {
                    exp_avg.Dispose();
                    exp_avg_sq.Dispose();
                    max_exp_avg_sq?.Dispose();
                }
            }
        }
    }
}
