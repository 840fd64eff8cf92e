using System.Text.RegularExpressions;

namespace Slimmable.Models;

/// <summary>What may name things that end up in file names, tensor names and ONNX graphs.</summary>
internal static partial class Names
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "1 to 128 letters, digits, '_', '-' or single '.', starting with a letter or digit";

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= 128 } && Pattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9](?:\.?[A-Za-z0-9_-])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
