namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something called with one input.</summary>
        public interface IModule<T, TResult>
        {
            /// <summary>Runs it.</summary>
            TResult call(T input1);
        }

        /// <summary>Something called with two inputs.</summary>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Runs it.</summary>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module called with one input.</summary>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            /// <summary>Makes a module of a name.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module does; call it by <see cref="call"/>.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs the module.</summary>
            public TResult call(T input) => forward(input);
        }

        /// <summary>A module called with two inputs.</summary>
        public abstract class Module<T1, T2, TResult> : Module, IModule<T1, T2, TResult>
        {
            /// <summary>Makes a module of a name.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module does; call it by <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs the module.</summary>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
