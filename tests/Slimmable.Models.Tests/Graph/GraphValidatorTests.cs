namespace Slimmable.Models.Tests;

public class GraphValidatorTests
{
    private const string NameRule = "1 to 128 letters, digits, '_', '-' or single '.', starting with a letter or digit";

    private static readonly GraphDefinition Tiny = TinyNetwork.Definition;

    /// <summary>What is broken, how, and all that is said about it.</summary>
    private static readonly Dictionary<string, (GraphDefinition Broken, string[] Faults)> Cases = new()
    {
        ["no axes"] = (Tiny with { Axes = [] }, ["axes: expected 1 to 10000, found 0"]),
        ["no nodes"] = (Tiny with { Nodes = [] }, ["nodes: expected 1 to 20000, found 0"]),
        ["no subnets"] = (Tiny with { Subnets = [] }, ["subnets: expected 1 to 1000, found 0"]),
        ["two gates"] = (Tiny with { Gates = [Tiny.Gates[0], Tiny.Gates[0]] }, ["gates: expected 0 to 1, found 2"]),
        ["too many axes"] = (Tiny with { Axes = Many(10_001, Tiny.Axes[0]) }, ["axes: expected 1 to 10000, found 10001"]),
        ["too many nodes"] = (Tiny with { Nodes = Many(20_001, Tiny.Nodes[0]) }, ["nodes: expected 1 to 20000, found 20001"]),
        ["too many subnets"] = (Tiny with { Subnets = Many(1_001, Tiny.Subnets[0]) }, ["subnets: expected 1 to 1000, found 1001"]),
        ["nulls in every list"] = (
            Tiny with { Axes = [null!], Nodes = [null!], Subnets = [null!], Gates = [null!] },
            ["axes: found null in the list", "nodes: found null in the list", "subnets: found null in the list", "gates: found null in the list"]),

        ["graph name"] = (Tiny with { Name = "../tiny" }, [$"graph '../tiny': expected a name of {NameRule}"]),
        ["axis name"] = (Tiny with { Axes = [.. Tiny.Axes, new("", [1])] }, [$"axis '': expected a name of {NameRule}"]),
        ["input name"] = (
            (Tiny with { Input = Tiny.Input with { Name = "a..b" } }).With(TinyNetwork.Node<Conv2dNode>("stem.conv") with { Input = "a..b" }),
            [$"input 'a..b': expected a name of {NameRule}"]),
        ["node name"] = (
            (Tiny with { Nodes = [.. Tiny.Nodes, new DropoutNode("drop out", "head.linear", 0.5)], Logits = "drop out" }),
            [$"node 'drop out': expected a name of {NameRule}"]),
        ["subnet name"] = (
            Tiny with { Subnets = [.. Tiny.Subnets, new("a/b", Routable: false, Tiny.Subnets[0].Indices)] },
            [$"subnet 'a/b': expected a name of {NameRule}"]),
        ["gate name"] = (Tiny.With(gate => gate with { Name = ".gate" }), [$"gate '.gate': expected a name of {NameRule}"]),

        ["axis twice"] = (Tiny with { Axes = [.. Tiny.Axes, new("stem", [2])] }, ["axis 'stem': the name is used twice"]),
        ["axis without sizes"] = (Tiny.With(new Axis("body", [])), ["axis 'body': expected sizes that ascend within 1..1048576, found []"]),
        ["axis of size 0"] = (Tiny.With(new Axis("body", [0, 8])), ["axis 'body': expected sizes that ascend within 1..1048576, found [0, 8]"]),
        ["axis that descends"] = (Tiny.With(new Axis("body", [8, 4])), ["axis 'body': expected sizes that ascend within 1..1048576, found [8, 4]"]),
        ["axis too large"] = (
            Tiny.With(new Axis("body", [4, 1_048_577])), ["axis 'body': expected sizes that ascend within 1..1048576, found [4, 1048577]"]),

        ["input without height"] = (
            Tiny with { Input = Tiny.Input with { Height = 0 } }, ["input 'input': expected sides in 1..65536, found 0x6"]),
        ["input too wide"] = (
            Tiny with { Input = Tiny.Input with { Width = 65_537 } }, ["input 'input': expected sides in 1..65536, found 4x65537"]),
        ["input channels elastic"] = (Tiny.With(new Axis("image", [1, 3])), ["input 'input': expected a fixed axis for its channels, found 'image'"]),
        ["input channels unknown"] = (
            Tiny with { Input = Tiny.Input with { Channels = "nowhere" } },
            ["input 'input': expected a fixed axis for its channels, found 'nowhere'"]),

        ["node twice"] = (
            Tiny with { Nodes = [.. Tiny.Nodes, new DropoutNode("stem.relu", "head.linear", 0.5)] }, ["node 'stem.relu': the name is used twice"]),
        ["node named as the input"] = (
            Tiny with { Nodes = [.. Tiny.Nodes, new DropoutNode("input", "head.linear", 0.5)] }, ["node 'input': the name is used twice"]),
        ["node named as golden samples"] = (
            Tiny with { Nodes = [.. Tiny.Nodes, new DropoutNode("golden.out", "head.linear", 0.5)], Logits = "golden.out" },
            ["node 'golden.out': names under 'golden.' are kept for golden samples"]),
        ["node reads what is not there"] = (
            Tiny.With(new FlattenNode("head.flatten", "nowhere")),
            ["node 'head.flatten': its input 'nowhere' is neither the graph's input nor a node before it"]),
        ["node reads what comes later"] = (
            Tiny.With(TinyNetwork.Node<BatchNormNode>("stem.norm") with { Input = "stem.relu" }),
            ["node 'stem.norm': its input 'stem.relu' is neither the graph's input nor a node before it"]),
        ["node reads itself"] = (
            Tiny.With(new FlattenNode("head.flatten", "head.flatten")),
            ["node 'head.flatten': its input 'head.flatten' is neither the graph's input nor a node before it"]),

        ["convolution without its axes"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("body.conv") with { In = "left", Out = "right" }),
            ["node 'body.conv': there is no axis 'left'", "node 'body.conv': there is no axis 'right'"]),
        ["linear without its axes"] = (
            Tiny.With(new LinearNode("head.linear", "head.flatten", "left", "right")),
            ["node 'head.linear': there is no axis 'left'", "node 'head.linear': there is no axis 'right'"]),
        ["batch normalization without its axis"] = (
            Tiny.With(TinyNetwork.Node<BatchNormNode>("body.norm") with { Axis = "nowhere" }), ["node 'body.norm': there is no axis 'nowhere'"]),
        ["convolution without a kernel"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("stem.conv") with { Kernel = 0, Padding = 0 }),
            ["node 'stem.conv': expected kernel and stride in 1..255 and padding in 0..0, found 0, 1, 0"]),
        ["convolution with a kernel too large"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("stem.conv") with { Kernel = 256 }),
            ["node 'stem.conv': expected kernel and stride in 1..255 and padding in 0..255, found 256, 1, 1"]),
        ["convolution that stands still"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("stem.conv") with { Stride = 0 }),
            ["node 'stem.conv': expected kernel and stride in 1..255 and padding in 0..2, found 3, 0, 1"]),
        ["convolution that sees nothing but padding"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("stem.conv") with { Padding = 3 }),
            ["node 'stem.conv': expected kernel and stride in 1..255 and padding in 0..2, found 3, 1, 3"]),
        ["average pool padded past half its window"] = (
            Tiny.With(new AveragePoolNode("head.pool", "body.norm", Kernel: 3, Stride: 1, Padding: 2)),
            ["node 'head.pool': expected kernel and stride in 1..255 and padding in 0..1, found 3, 1, 2"]),
        ["max pool with negative padding"] = (
            Tiny.With(new MaxPoolNode("head.pool", "body.norm", Kernel: 3, Stride: 1, Padding: -1)),
            ["node 'head.pool': expected kernel and stride in 1..255 and padding in 0..1, found 3, 1, -1"]),
        ["unknown convolution"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("stem.conv") with { Kind = (ConvolutionKind)7 }), ["node 'stem.conv': unknown kind 7"]),
        ["unknown affine sharing"] = (
            Tiny.With(TinyNetwork.Node<BatchNormNode>("stem.norm") with { Affine = (AffineSharing)7 }),
            ["node 'stem.norm': unknown affine sharing 7"]),
        ["unknown activation"] = (
            Tiny.With(new ActivationNode("stem.relu", "stem.norm", (ActivationKind)7)), ["node 'stem.relu': unknown activation 7"]),
        ["depthwise across axes"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("body.conv") with { Kind = ConvolutionKind.Depthwise }),
            ["node 'body.conv': a depthwise convolution has one axis, found in 'stem' and out 'body'"]),
        ["epsilon and momentum"] = (
            Tiny.With(TinyNetwork.Node<BatchNormNode>("stem.norm") with { Epsilon = double.NaN, Momentum = 1.5 }),
            ["node 'stem.norm': expected epsilon in (0, 1), found NaN", "node 'stem.norm': expected momentum in (0, 1], found 1.5"]),
        ["dropout of everything"] = (
            Tiny with { Nodes = [.. Tiny.Nodes, new DropoutNode("drop", "head.linear", 1)], Logits = "drop" },
            ["node 'drop': expected a rate in [0, 1), found 1"]),

        ["convolution on another axis than its input's"] = (
            Tiny.With(TinyNetwork.Node<Conv2dNode>("gate.conv") with { In = "body" }),
            ["node 'gate.conv': declares the input axis 'body', its input has 'stem'"]),
        ["batch normalization on another axis than its input's"] = (
            Tiny.With(TinyNetwork.Node<BatchNormNode>("body.norm") with { Axis = "stem" }),
            ["node 'body.norm': declares the input axis 'stem', its input has 'body'"]),
        ["linear on another axis than its input's"] = (
            Tiny.With(new LinearNode("head.linear", "head.flatten", "stem", "classes")),
            ["node 'head.linear': declares the input axis 'stem', its input has 'body'"]),
        ["linear on pixels"] = (
            Tiny.With(new LinearNode("head.linear", "body.norm", "body", "classes")),
            ["node 'head.linear': expects a flat input, found pixels"]),
        ["pool of a flat value"] = (
            Tiny.With(new GlobalAveragePoolNode("head.pool", "gate.logits")), ["node 'head.pool': expects pixels, found a flat input"]),
        ["window larger than its input"] = (
            Tiny.With(new MaxPoolNode("head.pool", "body.norm", Kernel: 7, Stride: 1, Padding: 1)),
            ["node 'head.pool': a 7x7 window with padding 1 is larger than its 4x6 input"]),
        ["sum of two shapes"] = (
            Tiny.With(new AddNode("head.pool", "stem.relu", "body.norm")),
            ["node 'head.pool': expects two values of one shape, found [N, stem, 4, 6] and [N, body, 4, 6]"]),
        ["product with a factor of another axis"] = (
            Tiny.With(new MultiplyNode("head.pool", "body.norm", "gate.logits")),
            ["node 'head.pool': expects a factor of the value's shape or one per channel, found [N, body, 4, 6] and [N, scores]"]),

        ["logits that are not a node"] = (
            Tiny with { Logits = "nowhere" },
            ["logits 'nowhere': expected a node with a flat value on a fixed axis", "node 'head.linear': nothing reads it"]),
        ["logits that are not flat"] = (
            Tiny with { Nodes = [.. Tiny.Nodes.Take(9)], Logits = "head.pool" },
            ["logits 'head.pool': expected a node with a flat value on a fixed axis"]),
        ["logits on an elastic axis"] = (
            Tiny with { Nodes = [.. Tiny.Nodes.Take(10)], Logits = "head.flatten" },
            ["logits 'head.flatten': expected a node with a flat value on a fixed axis"]),
        ["node that nothing reads"] = (
            Tiny with { Nodes = [.. Tiny.Nodes, new DropoutNode("drop", "head.linear", 0.5)] }, ["node 'drop': nothing reads it"]),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void A_broken_rule_is_named_and_nothing_else(string name)
    {
        var (broken, faults) = Cases[name];

        var fault = Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(broken));

        Assert.Equal(faults, fault.Faults);
        Assert.Equal($"graph '{broken.Name}': {string.Join("; ", faults)}", fault.Message);
    }

    [Fact]
    public void The_network_that_the_cases_break_is_itself_right() => Assert.Equal("tiny", TinyNetwork.Graph.Name);

    [Fact]
    public void Faults_in_many_places_are_all_listed_in_the_graphs_order()
    {
        var broken = Tiny with
        {
            Name = "",
            Axes = [.. Tiny.Axes, new("unordered", [3, 2])],
            Input = Tiny.Input with { Height = -4 },
            Nodes =
            [
                .. Tiny.With(new ActivationNode("stem.relu", "stem.norm", (ActivationKind)9)).Nodes,
                new DropoutNode("drop", "nowhere", -1),
            ],
        };

        var fault = Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(broken));

        Assert.Equal(
            [
                $"graph '': expected a name of {NameRule}",
                "axis 'unordered': expected sizes that ascend within 1..1048576, found [3, 2]",
                "input 'input': expected sides in 1..65536, found -4x6",
                "node 'stem.relu': unknown activation 9",
                "node 'drop': its input 'nowhere' is neither the graph's input nor a node before it",
                "node 'drop': expected a rate in [0, 1), found -1",
            ],
            fault.Faults);
    }

    [Fact]
    public void A_size_may_repeat_and_each_index_has_statistics_of_its_own()
    {
        Subnet Takes(string name, int index) => new(name, Routable: true, new Dictionary<string, int> { ["stem"] = index, ["body"] = index });
        var graph = SupernetGraph.Create(TinyNetwork.WithoutGate.With(new Axis("stem", [2, 2])) with { Subnets = [Takes("narrow", 0), Takes("wide", 1)] });

        Assert.Equal((2, 2), (graph.ChannelsOf("stem.norm", graph.Subnet("narrow")), graph.ChannelsOf("stem.norm", graph.Subnet("wide"))));
        Assert.Equal("stem.norm.0.running_mean", graph.TensorOf(graph.Node("stem.norm"), TensorRole.RunningMean, graph.Subnet("narrow")).Name);
        Assert.Equal("stem.norm.1.running_mean", graph.TensorOf(graph.Node("stem.norm"), TensorRole.RunningMean, graph.Subnet("wide")).Name);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("9")]
    [InlineData("Stage4.0_pointwise-conv")]
    public void Names_of_letters_digits_and_single_dots_are_taken(string name) =>
        Assert.Equal(name, SupernetGraph.Create(Tiny with { Name = name }).Name);

    [Theory]
    [InlineData("_a")]
    [InlineData("-a")]
    [InlineData("a.")]
    [InlineData("a\n")]
    [InlineData("a b")]
    [InlineData("\u0430")]
    [InlineData("a\\b")]
    public void Names_that_are_no_file_names_everywhere_are_refused(string name) =>
        Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(Tiny with { Name = name }));

    [Fact]
    public void Names_have_at_most_128_characters()
    {
        Assert.Equal(128, SupernetGraph.Create(Tiny with { Name = new string('a', 128) }).Name.Length);
        Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(Tiny with { Name = new string('a', 129) }));
    }

    private static T[] Many<T>(int count, T item) => [.. Enumerable.Repeat(item, count)];
}
