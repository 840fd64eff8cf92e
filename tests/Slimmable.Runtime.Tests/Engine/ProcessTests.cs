namespace Slimmable.Runtime.Tests;

/// <summary>What ONNX Runtime settles once a process.</summary>
public sealed class ProcessTests(SampleBundle sample) : IClassFixture<SampleBundle>
{
    private string Choices => string.Join(",", sample.Alone.Select(answer => answer.Subnets[0]));

    [Fact]
    public void The_first_model_sizes_the_shared_pool_and_others_share_it_or_say_that_they_do_not()
    {
        var (exitCode, lines) = Child.Run(nameof(Child.FirstModelMakesTheEnvironment), sample.Folder);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            [$"Shared 2 {Choices}", $"Shared 2 {Choices}", $"Shared 2 {Choices}", $"Caller 1 {Choices}", $"PerGraph 3 {Choices}"],
            lines);
    }

    [Fact]
    public void A_host_with_an_environment_of_its_own_is_served_on_pools_per_graph()
    {
        var (exitCode, lines) = Child.Run(nameof(Child.HostMadeTheEnvironment), sample.Folder);

        Assert.Equal(0, exitCode);
        Assert.Equal([$"PerGraph 2 {Choices}"], lines);
    }

    /// <summary>The reporter keeps a data base under the home folder from its first moment.</summary>
    [Fact]
    public void Telemetry_does_not_start()
    {
        using var home = new TemporaryFolder();

        var (exitCode, _) = Child.Run(nameof(Child.FirstModelMakesTheEnvironment), sample.Folder, home: home.Path);

        Assert.Equal(0, exitCode);
        Assert.Empty(Directory.EnumerateFiles(home.Path, "*onnxruntime*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_missing_native_library_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        var assembly = typeof(Child).Assembly.Location;
        // Without the list of dependencies the host takes what lies beside the program, and only that.
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(assembly)!, "*.dll").Append(Path.ChangeExtension(assembly, "runtimeconfig.json")))
        {
            if (!Path.GetFileName(file).StartsWith("onnxruntime", StringComparison.Ordinal))
            {
                File.Copy(file, folder.File(Path.GetFileName(file)));
            }
        }

        var (exitCode, lines) = Child.Run(nameof(Child.FirstModelMakesTheEnvironment), sample.Folder, folder.File(Path.GetFileName(assembly)));

        Assert.Equal(1, exitCode);
        var line = Assert.Single(lines);
        Assert.StartsWith("EngineException: ONNX Runtime's native library does not load: expected the package Microsoft.ML.OnnxRuntime", line);
    }
}
