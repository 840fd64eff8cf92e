using System.Diagnostics;
using System.Reflection;
using Slimmable.Export.Tests.Triton;

namespace Slimmable.Export.Tests;

/// <summary>Reads the text format with protoc, which refuses whatever the schema does not have.</summary>
internal static class TritonText
{
    private static readonly string Protoc = typeof(TritonText).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(Protoc)).Value!;

    public static ModelConfig Read(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Protoc, [$"--proto_path={Path.Combine(AppContext.BaseDirectory, "Serving")}", "--encode=inference.ModelConfig", "model_config.proto"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(File.ReadAllBytes(file));
        process.StandardInput.Close();
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{file}: {error.Result}");
        return ModelConfig.Parser.ParseFrom(bytes.ToArray());
    }
}
