namespace Slimmable.Cli.Tests;

public sealed class HelpTests : IDisposable
{
    private static readonly string[] Verbs = ["data", "train", "evaluate", "report", "init", "import", "info", "export", "validate", "diff", "run", "bench", "demo"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> EveryVerb => [.. Verbs, "data get", "import ds-net"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void A_verb_explains_itself_with_an_example(string verb)
    {
        var help = Run([.. verb.Split(' '), "--help"]).Succeeded();

        Assert.Empty(help.Error);
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
        var example = help.Output[help.Output.IndexOf("\nExample", StringComparison.Ordinal)..];
        Assert.Contains($"  slimmable {verb}", example, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_it_lists_its_verbs()
    {
        var help = Run().Succeeded();

        Assert.Empty(help.Error);
        Assert.All(Verbs, verb => Assert.Contains($"\n  {verb} ", help.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void It_tells_its_version() => Assert.Matches(@"^\d+\.\d+\.\d+", Run("--version").Succeeded().Output);

    [Theory]
    [InlineData("tain recipe.json", "'tain'", "'slimmable --help'")]
    [InlineData("data", "command", "'slimmable data --help'")]
    [InlineData("init ds-mbnet-fashion", "'--out'", "'slimmable init --help'")]
    [InlineData("info", "'model'", "'slimmable info --help'")]
    [InlineData("info a b", "'b'", "'slimmable info --help'")]
    [InlineData("init ds-mbnet-fashion --out ", "empty", "'slimmable init --help'")]
    [InlineData("bench bundle --threads", "'--threads'", "")]
    [InlineData("bench bundle --threads 1 --threads 2", "'--threads'", "")]
    [InlineData("bench bundle --batch 0", "--batch: expected a number in 1..4096, found '0'", "")]
    [InlineData("bench bundle --batch 4097", "--batch", "4097")]
    [InlineData("bench bundle --batch few", "--batch", "'few'")]
    [InlineData("bench bundle --threads 0", "--threads: expected a number in 1..1024, found '0'", "")]
    [InlineData("bench bundle --threads -1 --batch 0", "--threads", "--batch")]
    [InlineData("bench bundle --runs 1e9", "--runs", "1e9")]
    [InlineData("train recipe.json --threads 1025", "--threads", "1025")]
    [InlineData("init ds-mbnet-fashion --out x --seed -1", "--seed", "'-1'")]
    [InlineData("validate bundle --tolerance NaN", "--tolerance", "'NaN'")]
    [InlineData("data get fashion-mnist --from elsewhere", "--from", "'elsewhere'")]
    public void What_is_misspelt_or_out_of_range_is_refused_in_one_line(string arguments, string first, string second)
    {
        Run(arguments.Split(' ')).Refused(2, first, second);
        Assert.Empty(folder.Names());
    }

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);
}
