using System.Text.Json;

namespace Slimmable.Cli.Tests;

/// <summary>What a run of the program came to.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Requires success.</summary>
    public ProgramResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return this;
    }

    /// <summary>Requires success, and standard output to be one JSON object and nothing else.</summary>
    public JsonElement Json()
    {
        Succeeded();
        return JsonOf(Output);
    }

    /// <summary>Requires standard output to be one JSON object and nothing else, whatever the exit code.</summary>
    public static JsonElement JsonOf(string output)
    {
        using var document = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        return document.RootElement.Clone();
    }

    /// <summary>Requires a refusal: nothing on standard output, and <see cref="OneLine"/>.</summary>
    public string Refused(int exitCode, params IReadOnlyList<string> mentions)
    {
        Assert.Empty(Output);
        return OneLine(exitCode, mentions);
    }

    /// <summary>Requires a failure: an exit code, and one line on standard error, no stack trace, that mentions what it must.</summary>
    public string OneLine(int exitCode, params IReadOnlyList<string> mentions)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}: {Error}{Output}");
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("slimmable: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", line, StringComparison.Ordinal);
        Assert.All(mentions, mention => Assert.Contains(mention, line, StringComparison.Ordinal));
        return line;
    }
}
