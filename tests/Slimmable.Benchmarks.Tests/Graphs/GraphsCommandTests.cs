namespace Slimmable.Benchmarks.Tests.Graphs;

public sealed class GraphsCommandTests
{
    public static TheoryData<string> Verbs => [.. GraphsCommand.All.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void An_unknown_architecture_is_one_line_and_no_success(string verb) => Assert.Equal(1, Invoke(verb, "no-such"));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void No_round_at_all_is_refused(string verb) => Assert.Equal(
        "--rounds: expected a whole number from 1 up",
        Assert.Single(Command(verb).Parse(["ds-resnet-fashion-small", "--rounds", "0"]).Errors).Message);

    [Fact]
    public void Without_a_gate_there_is_nothing_to_route() => Assert.Equal(1, Invoke("routed", "us-vgg-11-32", "--rounds", "1"));

    [Fact]
    public void Nodes_of_a_width_that_there_is_not_are_refused() => Assert.Equal(1, Invoke("nodes", "ds-resnet-fashion-small", "--width", "huge", "--rounds", "1"));

    private static int Invoke(string verb, params string[] arguments) => Command(verb).Parse(arguments).Invoke();

    private static System.CommandLine.Command Command(string verb) => GraphsCommand.All.Single(command => command.Name == verb);
}
