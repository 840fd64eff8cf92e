using System.Runtime.InteropServices;

namespace Slimmable.Runtime;

/// <summary>
/// ONNX Runtime's builds report their use to Microsoft unless told not to. An inference library that calls home is not its user's wish, so it is
/// told not to: before its native library is loaded, because that starts the reporter.
/// </summary>
internal static partial class Telemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Switches it off for the process, unless the program's environment says something already.</summary>
    public static void SwitchOff()
    {
        if (!OperatingSystem.IsWindows())
        {
            // There .NET keeps a copy of the environment, and native code does not see what is set in it.
            _ = SetNative(Variable, "1", overwrite: 0);
        }
        else if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNative(string name, string value, int overwrite);
}
