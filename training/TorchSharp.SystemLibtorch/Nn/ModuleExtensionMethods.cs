using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moves modules between devices.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Moves all parameters and buffers to a device; gives the module back.</summary>
    /// <exception cref="NotSupportedException">The device is not the processor.</exception>
    public static T to<T>(this T module, Device device)
        where T : nn.Module
    {
        InitializeDevice(device);
        return module;
    }

    /// <summary>Moves all parameters and buffers to the processor; gives the module back.</summary>
    public static T cpu<T>(this T module)
        where T : nn.Module => module;
}
