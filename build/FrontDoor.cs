namespace Slimmable.Build;

/// <summary>Runs a target after the targets that it needs, and stops at the first that fails.</summary>
public static class FrontDoor
{
    /// <summary>Does what the command line asks for.</summary>
    /// <param name="targets">All targets; each comes after those it needs.</param>
    /// <param name="arguments">A target's name and its arguments; nothing or <c>help</c> lists the targets.</param>
    /// <returns>The exit code: 0 when everything was done.</returns>
    public static int Run(IReadOnlyList<Target> targets, IReadOnlyList<string> arguments)
    {
        if (arguments is [] or ["help" or "--help" or "-h", ..])
        {
            Help(targets);
            return 0;
        }

        if (targets.FirstOrDefault(target => target.Name == arguments[0]) is not { } asked)
        {
            Console.Error.WriteLine($"There is no target '{arguments[0]}'; there are {string.Join(", ", targets.Select(t => t.Name))} and help.");
            return 1;
        }

        var root = Directory.GetCurrentDirectory();
        var work = new Workspace(root, [.. arguments.Skip(1)], new Shell(root));
        Console.CancelKeyPress += (_, press) => press.Cancel = work.Shell.Busy;
        var wanted = WithNeeds(asked, targets);
        foreach (var target in targets.Where(wanted.Contains))
        {
            Console.WriteLine($"{target.Name}: {target.Summary}");
            try
            {
                target.Action(work);
            }
            catch (Exception error) when (error is BuildException or IOException or UnauthorizedAccessException)
            {
                if (error.Message is not "")
                    Console.Error.WriteLine($"{target.Name} failed: {error.Message}");
                return (error as BuildException)?.ExitCode ?? 1;
            }
        }

        return 0;
    }

    private static HashSet<Target> WithNeeds(Target asked, IReadOnlyList<Target> targets) =>
        [asked, .. asked.Needs.SelectMany(name => WithNeeds(targets.Single(target => target.Name == name), targets))];

    private static void Help(IReadOnlyList<Target> targets)
    {
        Console.WriteLine("Usage: ./build.sh TARGET [ARGUMENTS]      (on Windows: .\\build.ps1)");
        Console.WriteLine();
        var width = targets.Max(target => target.Name.Length);
        foreach (var target in targets)
            Console.WriteLine($"  {target.Name.PadRight(width)}  {target.Summary}");
        Console.WriteLine($"  {"help".PadRight(width)}  list the targets");
        Console.WriteLine("""

            Each target first does what it needs. Environment variables choose:

              SlimmableTorch        nuget or system; default: NuGet's TorchSharp where the feed has it
              SlimmableOnnxRuntime  nuget or npm; default: NuGet's ONNX Runtime where the feed has it
              SlimmableCuda         true takes the packages for CUDA
              TorchSharpVersion, LibtorchVersion, OnnxRuntimeVersion
            """);
    }
}
