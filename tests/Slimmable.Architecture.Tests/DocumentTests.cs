using System.Text.RegularExpressions;

namespace Slimmable.Architecture.Tests;

/// <summary>What the documents tell people to type or to open is there.</summary>
public partial class DocumentTests
{
    private static IEnumerable<string> Documents => Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Every_command_in_the_documents_exists()
    {
        var targets = Target().Matches(Repository.Read("build.cs")).Select(match => match.Groups[1].Value).Append("help").ToHashSet();
        var verbs = Repository.Files
            .Where(file => file.StartsWith("runtime/Slimmable.Cli/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Verb().Matches(Repository.Read(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.Contains("test", targets);
        Assert.Contains("export", verbs);

        var unknown =
            from document in Documents
            from code in Code().Matches(Repository.Read(document))
            from command in Command().Matches(code.Value)
            where !(command.Groups["program"].Value == "slimmable" ? verbs : targets).Contains(command.Groups["word"].Value)
            select $"{document}: {command.Value.Trim()}";
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_link_between_files_leads_somewhere()
    {
        var broken =
            from document in Documents
            from link in Link().Matches(Code().Replace(Repository.Read(document), ""))
            let target = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups[1].Value)
            where !Path.Exists(target)
            select $"{document}: {link.Groups[1].Value}";

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("`./build.sh setup`", "setup")]
    [InlineData("```sh\n./build.sh demo\n```", "demo")]
    [InlineData("```\nPS> .\\build.ps1 test\n```", "test")]
    [InlineData("```sh\nartifacts/bin/slimmable export a.safetensors\n```", "export")]
    [InlineData("`slimmable data get fashion-mnist`", "data")]
    [InlineData("```\n$ cd x && slimmable info a\nruntime/Slimmable.Cli     the slimmable command\n```", "info")]
    public void Commands_are_recognized(string text, string word) =>
        Assert.Equal([word], Code().Matches(text).SelectMany(code => Command().Matches(code.Value)).Select(command => command.Groups["word"].Value));

    [GeneratedRegex(@"new\(""(\w+)"", """)]
    private static partial Regex Target();

    [GeneratedRegex(@"new Verb\(\s*""([a-z-]+)""")]
    private static partial Regex Verb();

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?:(?<!`)`|^|&& |\$ |> )(?:[\w.]*[\\/])*(?<program>build\.(?:sh|ps1)|slimmable)[ ]+(?<word>[a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\((?!\w+:|#)([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
