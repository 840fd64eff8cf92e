using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>Checkpoints as <c>init</c> writes them, made in this process.</summary>
internal static class Untrained
{
    public static Checkpoint Of(string architecture, long seed)
    {
        using var folder = new TemporaryFolder();
        InitCommand.Run(architecture, folder.File("init.safetensors"), seed, classes: 0);
        return Checkpoint.Read(folder.File("init.safetensors"));
    }
}
