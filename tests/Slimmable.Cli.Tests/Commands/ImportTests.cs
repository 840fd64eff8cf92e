using Slimmable.Models;

namespace Slimmable.Cli.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Files => ["weights.safetensors", "checkpoint.pth.tar"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_imported_is_exported_and_proved_without_the_authors_code(string file)
    {
        var output = Import(Golden.PathOf(file), "3,64,64").Succeeded().Output;
        Assert.Equal("ours.safetensors: ds-mbnet, 5 subnets, the gate chooses among uniform-0, uniform-1, uniform-2, uniform-3", output.TrimEnd());

        Run("export", "ours.safetensors", "--out", "bundle", "--full").Succeeded();
        var answer = Run("validate", "bundle", "--json").Json();
        Assert.True(answer.GetProperty("valid").GetBoolean());
        Assert.Equal(9, answer.GetProperty("checks").EnumerateArray().Count(check => check.GetProperty("check").GetString() == "golden samples"));
    }

    [Fact]
    public void Both_files_give_the_same_bytes()
    {
        Import(Golden.PathOf("weights.safetensors"), "3,64,64", "--name", "mine", "--out", "a").Succeeded();
        Import(Golden.PathOf("checkpoint.pth.tar"), "3,64,64", "--name", "mine", "--out", "b").Succeeded();

        Assert.Equal(File.ReadAllBytes(folder.File("a")), File.ReadAllBytes(folder.File("b")));
        var checkpoint = Checkpoint.Read(folder.File("a"));
        Assert.Equal("mine", checkpoint.Graph.Name);
        Assert.NotNull(checkpoint.Golden);
    }

    [Fact]
    public void Code_in_a_pickle_is_named_and_not_run()
    {
        Refused(PoisonedFiles.RunningCode(folder.File("harm")), "'posix.system'", "was not run");
        Assert.False(File.Exists(folder.File("harm")));
    }

    [Fact]
    public void A_pickle_that_contains_itself_is_refused() => Refused(PoisonedFiles.Cycle(), "contains itself");

    [Fact]
    public void A_zip_bomb_is_refused() => Refused(PoisonedFiles.Bomb(), "'archive/data.pkl'", "to 268435456 bytes");

    [Fact]
    public void A_view_larger_than_memory_is_refused() => Refused(PoisonedFiles.Gigantic(), "'conv_stem.weight'", "reaches beyond its storage");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60_000)]
    [InlineData(-1)]
    public void A_truncated_file_is_refused(int length)
    {
        var whole = File.ReadAllBytes(Golden.PathOf("checkpoint.pth.tar"));
        Refused(whole[..(length < 0 ? whole.Length + length : length)], length switch { 0 => "expected content", 1 => "8 bytes", _ => "cut off" });
    }

    [Fact]
    public void Another_networks_tensors_are_refused_with_the_first_that_is_missing() =>
        Import(Golden.PathOf("golden.safetensors"), "3,64,64").Refused(1, "golden.safetensors", "'conv_stem.weight'", "found none");

    [Fact]
    public void Images_too_large_to_record_answers_to_are_refused()
    {
        Import(Golden.PathOf("weights.safetensors"), "3,20000,20000").Refused(1, "graph 'ds-mbnet': expected 2 images to have at most", "found 2400000000");
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Channels_that_are_not_the_stems_are_refused() =>
        Import(Golden.PathOf("weights.safetensors"), "1,64,64").Refused(1, "'conv_stem.weight'", "expected 1 input channels, found 3");

    [Theory]
    [InlineData("0,1")]
    [InlineData("0,1,2,4")]
    [InlineData("3,2,1,0")]
    public void Candidates_that_the_gate_cannot_choose_among_are_refused(string candidates)
    {
        Import(Golden.PathOf("weights.safetensors"), "3,64,64", "--candidates", candidates).Refused(1, "candidates: expected 4 widths that ascend in 0..3");
        Assert.Empty(folder.Names());
    }

    [Theory]
    [InlineData("--input", "3,64")]
    [InlineData("--input", "3,64,0")]
    [InlineData("--input", "3x64x64")]
    [InlineData("--input", "3,64,-64")]
    [InlineData("--candidates", "0,,2")]
    [InlineData("--candidates", "narrow")]
    public void Numbers_that_are_none_are_refused(string option, string value)
    {
        string[] input = option == "--input" ? [] : ["--input", "3,64,64"];
        Run(["import", "ds-net", "x", "--out", "y", .. input, option, value]).Refused(2, $"{option}: expected", $"'{value}'", "'slimmable import ds-net --help'");
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_and_an_older_one_survives_a_bad_file()
    {
        Directory.CreateDirectory(folder.File("folder"));
        Import(Golden.PathOf("weights.safetensors"), "3,64,64", "--out", "folder").Refused(1, "folder", "cannot be written");

        File.WriteAllText(folder.File("ours.safetensors"), "older");
        Refused(PoisonedFiles.Cycle(), "contains itself");
        Assert.Equal("older", File.ReadAllText(folder.File("ours.safetensors")));
    }

    /// <summary>Requires a refusal in one line that names the file, and nothing written.</summary>
    private void Refused(byte[] content, params IReadOnlyList<string> mentions)
    {
        File.WriteAllBytes(folder.File("theirs.pth.tar"), content);
        var before = folder.Names().ToList();

        Import("theirs.pth.tar", "3,64,64").Refused(1, ["theirs.pth.tar: ", .. mentions]);

        Assert.Equal(before, folder.Names());
    }

    private ProgramResult Import(string file, string input, params IReadOnlyList<string> more) =>
        Run(["import", "ds-net", file, "--input", input, .. more, .. more.Contains("--out") ? (string[])[] : ["--out", "ours.safetensors"]]);

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);
}
