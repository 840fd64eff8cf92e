using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>What a run is computed with, as far as its numbers depend on it.</summary>
/// <param name="Threads">Of the training engine.</param>
/// <param name="Slimmable">The version of this program.</param>
/// <param name="Runtime">The .NET runtime's name and version.</param>
/// <param name="System">The operating system's kind and the processor's architecture, e.g. <c>linux-x64</c>.</param>
public sealed record RunEnvironment(int Threads, string Slimmable, string Runtime, string System)
{
    /// <summary>That of this process, now.</summary>
    public static RunEnvironment Current() => new(
        torch.get_num_threads(),
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.RuntimeIdentifier);
}
