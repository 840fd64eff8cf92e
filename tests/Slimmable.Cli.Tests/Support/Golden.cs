namespace Slimmable.Cli.Tests;

/// <summary>The DS-Net authors' small network; see tests/golden/README.md.</summary>
internal static class Golden
{
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "ds-net-mini", file);
}
