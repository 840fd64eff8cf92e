using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>The kinds of device a tensor can lie on; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor and its memory.</summary>
    CPU = 0,

    /// <summary>An NVIDIA graphics card.</summary>
    CUDA = 1,

    /// <summary>No memory at all: shapes without values.</summary>
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor lies.</summary>
    public class Device
    {
        /// <summary>Reads a device from its description, such as "cpu" or "cuda:0".</summary>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
            if (parts.Length > 1)
                index = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>Names a device by kind and number; -1 is the kind's current device.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>Which device of its kind, or -1 for the current one.</summary>
        public int index { get; } = -1;

        /// <summary>Reads a device from its description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>The description: "cpu", "cuda" or "cuda:1".</summary>
        public override string ToString()
        {
            var kind = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? kind : $"{kind}:{index}";
        }
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Names a device by its description, such as "cpu".</summary>
    public static Device device(string description) => new(description);

    /// <summary>Names a device by kind and number.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Loads libtorch's part for a kind of device; here it is the processor's or an error.</summary>
    /// <exception cref="NotSupportedException">The device is not the processor.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (deviceType != DeviceType.CPU)
            throw new NotSupportedException($"The system's libtorch runs on the CPU only, asked for {deviceType}.");
    }

    /// <summary>Gives the device, or the processor for null, ready for use.</summary>
    /// <exception cref="NotSupportedException">The device is not the processor.</exception>
    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>Graphics cards.</summary>
    public static class cuda
    {
        /// <summary>Whether libtorch was built for CUDA and finds a card.</summary>
        public static bool is_available() => NativeMethods.st_has_cuda() != 0;
    }
}
