namespace Slimmable.Models;

/// <summary>
/// The base of every error that Slimmable raises about what it was given: a file, a graph, an option, an input.
/// The message is one line that names the thing, what was expected and what was found, fit to be shown to a user.
/// </summary>
public class SlimmableException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One line: the thing, what was expected, what was found.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public SlimmableException(string message, Exception? innerException = null)
        : base(OneLine(message), innerException)
    {
    }

    /// <summary>Names in a message come from files; none may break the line or command a terminal.</summary>
    private static string OneLine(string message) => string.Create(message.Length, message, static (line, text) =>
    {
        text.CopyTo(line);
        foreach (ref var character in line)
        {
            character = char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character;
        }
    });
}
