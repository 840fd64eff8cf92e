using System.CommandLine;

namespace Slimmable.Cli;

/// <summary>A command with examples in its help, whose work Ctrl-C stops.</summary>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines that show its use.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Says what it does: on a thread of its own, because signals are only heard once the action has handed out its task.</summary>
    public void Does(Action<ParseResult, CancellationToken> work) =>
        SetAction((parsed, cancellation) => Task.Run(() => work(parsed, cancellation), CancellationToken.None));

    /// <inheritdoc cref="Does(Action{ParseResult, CancellationToken})"/>
    public void DoesAsync(Func<ParseResult, CancellationToken, Task> work) =>
        SetAction((parsed, cancellation) => Task.Run(() => work(parsed, cancellation), CancellationToken.None));
}
