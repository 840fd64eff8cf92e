using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How many threads work on one operator.</summary>
    public static int get_num_threads() => NativeMethods.st_get_num_threads();

    /// <summary>Sets how many threads work on one operator.</summary>
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.st_set_num_threads(num));

    /// <summary>How many operators may run side by side.</summary>
    public static int get_num_interop_threads() => NativeMethods.st_get_num_interop_threads();

    /// <summary>Sets how many operators may run side by side; once only, and before the first that does.</summary>
    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.st_set_num_interop_threads(num));
}
