using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Parameters, buffers and submodules under names. Those in fields register themselves by
        /// <see cref="RegisterComponents"/>, which a constructor calls last.
        /// </summary>
        public partial class Module : IDisposable
        {
            private bool registered;
            private readonly string name;
            private readonly List<(string Name, Parameter Value)> ownParameters = [];
            private readonly List<(string Name, Tensor Value)> ownBuffers = [];
            private readonly List<(string Name, Module Value)> submodules = [];

            /// <summary>Makes a module of a name.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is to behave as in training.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The module's name.</summary>
            public virtual string GetName() => name;

            /// <summary>Lets the module and its submodules behave as in training, or not.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in children())
                    module.train(train);
            }

            /// <summary>Lets the module and its submodules behave as in use.</summary>
            public virtual void eval() => train(false);

            /// <summary>Forgets (TorchSharp 0.106) or zeroes (0.99) all gradients.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                    parameter.grad = null;
            }

            /// <summary>Calls a function with every submodule, innermost first, and the module itself; gives the module back.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children())
                    module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Registers a parameter.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param) => Register(ownParameters, "Parameter", name, param);

            /// <summary>Registers a tensor that belongs to the state but does not learn.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor) => Register(ownBuffers, "Tensor", name, tensor);

            /// <summary>Registers a submodule.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot in it.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"module name can't be empty or contain \".\", got: \"{name}\"");
                submodule.RegisterComponents();
                Register(submodules, "Sub-module", name, submodule);
            }

            /// <summary>Registers a submodule.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Disposes all parameters, buffers and submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes all parameters, buffers and submodules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var tensor in ownParameters.Select(own => own.Value).Concat(ownBuffers.Select(own => own.Value)))
                    tensor.Dispose();
                foreach (var module in children())
                    module.Dispose();
            }

            /// <summary>Registers what the fields hold and no call has registered yet, under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                if (registered)
                    return;
                registered = true;
                foreach (var field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    if (IsTaken(field.Name))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                        default:
                            break;
                    }
                }
            }

            private bool IsTaken(string name) =>
                ownParameters.Exists(own => own.Name == name)
                || ownBuffers.Exists(own => own.Name == name)
                || submodules.Exists(own => own.Name == name);

            private static void Register<T>(List<(string Name, T Value)> members, string kind, string name, T value)
            {
                ArgumentNullException.ThrowIfNull(value);
                if (members.Exists(own => own.Name == name))
                    throw new InvalidOperationException($"{kind} {name} is already registered.");
                members.Add((name, value));
            }
        }
    }
}
