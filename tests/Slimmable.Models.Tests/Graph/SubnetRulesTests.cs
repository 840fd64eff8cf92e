namespace Slimmable.Models.Tests;

public class SubnetRulesTests
{
    private static readonly GraphDefinition Tiny = TinyNetwork.Definition;

    /// <summary>What is broken, how, and all that is said about it.</summary>
    private static readonly Dictionary<string, (GraphDefinition Broken, string[] Faults)> Cases = new()
    {
        ["subnet twice"] = (Tiny with { Subnets = [.. Tiny.Subnets, Tiny.Subnets[0]] }, ["subnet 'narrow': the name is used twice"]),
        ["subnets that differ in case, as files on some systems do not"] = (
            Tiny with { Subnets = [.. Tiny.Subnets, Tiny.Subnets[0] with { Name = "Narrow", Routable = false }] },
            ["subnet 'narrow': the name is used twice"]),
        ["no index"] = (
            Tiny.With(new Subnet("narrow", true, new Dictionary<string, int>())),
            ["subnet 'narrow': expected an index in 0..1 on axis 'body', found none"]),
        ["index too large"] = (
            Tiny.With(Indexed("narrow", ("body", 2))), ["subnet 'narrow': expected an index in 0..1 on axis 'body', found 2"]),
        ["index below 0"] = (
            Tiny.With(Indexed("narrow", ("body", -1))), ["subnet 'narrow': expected an index in 0..1 on axis 'body', found -1"]),
        ["index on an unknown axis"] = (
            Tiny.With(Indexed("narrow", ("body", 0), ("nowhere", 0))), ["subnet 'narrow': there is no elastic axis 'nowhere'"]),
        ["index on a fixed axis"] = (
            Tiny.With(Indexed("narrow", ("body", 0), ("stem", 0))), ["subnet 'narrow': there is no elastic axis 'stem'"]),
        ["nothing routable"] = (
            TinyNetwork.WithoutGate with { Subnets = [.. Tiny.Subnets.Select(subnet => subnet with { Routable = false })] },
            ["subnets: expected at least one that is routable"]),
        ["a teacher before the routable ones"] = (
            Tiny with { Subnets = [Tiny.Subnets[0] with { Name = "teacher", Routable = false }, .. Tiny.Subnets] },
            ["subnets: expected the routable ones first"]),
        ["dear before cheap"] = (
            Tiny with { Subnets = [Tiny.Subnets[1], Tiny.Subnets[0]] },
            ["subnets: expected rising cost, found 'wide' with 1032 MAdds before 'narrow' with 732"]),
        ["two of one cost"] = (
            Tiny with { Subnets = [.. Tiny.Subnets, Tiny.Subnets[1] with { Name = "twin" }] },
            ["subnets: expected rising cost, found 'wide' with 1032 MAdds before 'twin' with 1032"]),

        ["features that are not a node"] = (
            Tiny.With(gate => gate with { Features = "input" }),
            ["gate 'gate': expected nodes for features and logits, found 'input' and 'gate.logits'"]),
        ["scores that are not a node"] = (
            TinyNetwork.WithoutGate with { Gates = [Tiny.Gates[0] with { Logits = "nowhere" }] },
            ["gate 'gate': expected nodes for features and logits, found 'stem.relu' and 'nowhere'"]),
        ["fewer candidates than scores"] = (
            Tiny.With(gate => gate with { Candidates = ["narrow"] }),
            ["gate 'gate': expected logits [N, 1], one for each candidate, found [N, scores], where scores is 2"]),
        ["scores that are not flat"] = (
            Tiny.With(gate => gate with { Logits = "gate.conv" }) with { Nodes = [.. Tiny.Nodes.Where(node => node.Name != "gate.logits")] },
            ["gate 'gate': expected logits [N, 2], one for each candidate, found [N, scores, 1, 1], where scores is 2"]),
        ["scores on an elastic axis"] = (
            Tiny with { Nodes = [.. TinyNetwork.WithoutGate.Nodes, new FlattenNode("gate.logits", "head.pool")] },
            [
                "gate 'gate': expected logits [N, 2], one for each candidate, found [N, body], where body is 4..8",
                "gate 'gate': the trunk uses axis 'body', on which the routable subnets differ",
            ]),
        ["candidate that is no subnet"] = (
            Tiny.With(gate => gate with { Candidates = ["narrow", "nowhere"] }), ["gate 'gate': its candidate 'nowhere' is not a routable subnet"]),
        ["candidate that only teaches"] = (
            Tiny.With(Tiny.Subnets[1] with { Routable = false }), ["gate 'gate': its candidate 'wide' is not a routable subnet"]),
        ["null candidate"] = (
            Tiny.With(gate => gate with { Candidates = ["narrow", null!] }), ["gate 'gate': its candidate '' is not a routable subnet"]),
        ["candidate twice"] = (
            Tiny.With(gate => gate with { Candidates = ["narrow", "narrow"] }), ["gate 'gate': its candidate 'narrow' is listed twice"]),
        ["trunk on an axis that the subnets choose"] = (
            Tiny.With(gate => gate with { Features = "body.norm" }),
            ["gate 'gate': the trunk uses axis 'body', on which the routable subnets differ"]),
        ["tail that reads past the features"] = (
            Tiny.With(gate => gate with { Features = "gate.pool" }),
            ["gate 'gate': the tail reads the trunk past the features 'gate.pool'"]),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void A_broken_rule_is_named_and_nothing_else(string name)
    {
        var (broken, faults) = Cases[name];

        var fault = Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(broken));

        Assert.Equal(faults, fault.Faults);
        Assert.Equal($"graph 'tiny': {string.Join("; ", faults)}", fault.Message);
    }

    [Fact]
    public void Faults_of_several_subnets_are_all_listed()
    {
        var broken = Tiny.With(Indexed("narrow", ("body", 5), ("stem", 1))).With(Indexed("wide"));

        var fault = Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(broken));

        Assert.Equal(
            [
                "subnet 'narrow': expected an index in 0..1 on axis 'body', found 5",
                "subnet 'narrow': there is no elastic axis 'stem'",
                "subnet 'wide': expected an index in 0..1 on axis 'body', found none",
            ],
            fault.Faults);
    }

    [Fact]
    public void A_trunk_may_be_elastic_where_all_routable_subnets_agree()
    {
        var both = new Dictionary<string, int> { ["stem"] = 1, ["body"] = 1 };
        var graph = Tiny.With(new Axis("stem", [2, 4])) with
        {
            Subnets = [Indexed("narrow", ("stem", 0), ("body", 0)), Indexed("wide", ("stem", 0), ("body", 1)), new("teacher", false, both)],
        };

        Assert.Equal("teacher", SupernetGraph.Create(graph).Teacher.Name);
    }

    private static Subnet Indexed(string name, params (string Axis, int Index)[] indices) =>
        new(name, Routable: true, indices.ToDictionary(pair => pair.Axis, pair => pair.Index));
}
