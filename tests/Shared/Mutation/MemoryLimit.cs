namespace Slimmable.Tests;

/// <summary>The memory that reading a file may take.</summary>
internal static class MemoryLimit
{
    /// <summary>4 times the file's size and 64 MiB.</summary>
    public static long Of(long bytes) => (4 * bytes) + (64 << 20);
}
