namespace Slimmable.EndToEnd.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The checkpoint that is released.</summary>
    public static string ReleasedCheckpoint => Path.Combine(Root, "models", "zoo", "fashion-mnist", "model.safetensors");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Slimmable.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
