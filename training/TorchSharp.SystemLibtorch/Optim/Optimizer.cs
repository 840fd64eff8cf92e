using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimizers: they change parameters by their gradients.</summary>
    public static partial class optim
    {
        /// <summary>Something with a learning rate that a schedule may change.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate at the beginning, which schedules start from.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>The share of the last step's direction in the next.</summary>
            double Momentum { get; set; }
        }

        /// <summary>Something that averages gradients and their squares.</summary>
        public interface IBetas
        {
            /// <summary>The shares of the old averages of gradients and of their squares.</summary>
            (double, double) Betas { get; set; }
        }

        /// <summary>What all optimizers do.</summary>
        public abstract class Optimizer : IDisposable
        {
            /// <summary>The groups, each with settings of its own.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => Groups;

            internal List<ParamGroup> Groups { get; } = [];

            /// <summary>Sets all gradients there are to zero.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>Changes all parameters that have a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first, where given.</param>
            /// <returns>The closure's loss, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>The parameters of all groups.</summary>
            public virtual IEnumerable<Parameter> parameters() => Groups.SelectMany(group => group.Parameters);

            /// <summary>Adds a group; settings it lacks are the optimizer's.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Disposes what the optimizer remembers of each parameter, not the parameters.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes what the optimizer remembers of each parameter.</summary>
            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>The settings of every group, and what is remembered of every parameter, in order: the things themselves.</summary>
            [SuppressMessage("Naming", "CA1711", Justification = "TorchSharp's name.")]
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>The settings of every group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>What is remembered of every parameter.</summary>
                public List<OptimizerState> State { get; } = [];
            }
        }
    }
}
