using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers with a seed and a state of its own.</summary>
    public class Generator : IDisposable
    {
        /// <summary>Makes a generator.</summary>
        /// <param name="seed">Where the stream starts.</param>
        /// <param name="device">The processor, which is the default.</param>
        public Generator(ulong seed = 0, Device? device = null)
            : this(NativeMethods.st_generator(seed)) => this.device = InitializeDevice(device);

        private Generator(nint handle) => Handle = handle;

        /// <summary>Releases the generator where nobody has disposed it.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator operators draw from when none is given. Disposing the object does not end it.</summary>
        public static Generator Default => new(NativeMethods.st_default_generator());

        /// <summary>Where the generator lives.</summary>
        public Device device { get; } = CPU;

        /// <summary>The native generator.</summary>
        public nint Handle { get; private set; }

        /// <summary>Starts the stream anew from a seed; gives the generator back.</summary>
        public Generator manual_seed(long seed)
        {
            NativeMethods.st_generator_manual_seed(Handle, (ulong)seed);
            return this;
        }

        /// <summary>Starts the stream anew from a seed that differs from run to run; gives the seed.</summary>
        public long seed() => (long)NativeMethods.st_generator_seed(Handle);

        /// <summary>The seed the stream last started from.</summary>
        public long initial_seed() => (long)NativeMethods.st_generator_current_seed(Handle);

        /// <summary>The state of the stream as a tensor of bytes.</summary>
        public Tensor get_state() => new(NativeMethods.Check(NativeMethods.st_generator_get_state(Handle)));

        /// <summary>Puts the stream back into a state <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.st_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        /// <summary>Releases the generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the generator.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0)
                NativeMethods.st_generator_release(Handle);
            Handle = 0;
        }
    }

    /// <summary>Seeds the default generator and gives it.</summary>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    /// <summary>The state of the default generator as a tensor of bytes.</summary>
    public static Tensor get_rng_state()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    /// <summary>Puts the default generator back into a state <see cref="get_rng_state"/> gave.</summary>
    public static void set_rng_state(Tensor new_state)
    {
        using var generator = Generator.Default;
        generator.set_state(new_state);
    }
}
