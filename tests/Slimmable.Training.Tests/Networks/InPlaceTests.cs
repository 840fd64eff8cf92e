using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.Networks;

/// <summary>Activations that overwrite what they read: only where nobody can tell.</summary>
public class InPlaceTests
{
    public static TheoryData<ActivationKind> Kinds => [.. Enum.GetValues<ActivationKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_and_gradients_are_the_same_in_place(ActivationKind kind)
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(ValuesAndGradients(kind, overwrite: false), ValuesAndGradients(kind, overwrite: true));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Without_gradients_every_kind_is_computed_in_place(ActivationKind kind)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var (read, expected) = (Input(), Input());

        var made = Activate(kind, read, overwrite: true);

        Assert.Same(read, made);
        Assert.Equal(Activate(kind, expected, overwrite: false).data<float>().ToArray(), made.data<float>().ToArray());
        Assert.Equal(Input().data<float>().ToArray(), expected.data<float>().ToArray());
    }

    [Fact]
    public void Only_what_nobody_else_needs_is_overwritten()
    {
        var builder = new GraphBuilder("in-place", channels: 1, height: 2, width: 2);
        builder.Activation("of-the-input", builder.Input, ActivationKind.Relu);
        builder.Add(new AddNode("sum", "of-the-input", builder.Input));
        builder.Activation("of-a-sum", "sum", ActivationKind.Relu);
        builder.Activation("of-an-activation", "of-a-sum", ActivationKind.Relu);
        builder.Add(new AddNode("read-twice", "of-an-activation", "of-an-activation"));
        builder.Activation("of-what-is-read-twice", "read-twice", ActivationKind.Relu);
        builder.Add(new AddNode("last", "of-what-is-read-twice", "read-twice"));
        var flat = builder.Add(new FlattenNode("flat", builder.Activation("of-a-target", "last", ActivationKind.Relu)));
        var logits = builder.Add(new LinearNode("logits", flat, builder.InputChannels, builder.Axis("classes", 4)));
        builder.Subnet("only", routable: true, _ => 0);

        var plan = ExecutionPlan.For(builder.Build(logits), [logits, "last"]);

        Assert.Equal(["of-a-sum"], plan.Nodes.Zip(plan.Overwrites).Where(pair => pair.Second).Select(pair => pair.First.Name));
    }

    private static float[] ValuesAndGradients(ActivationKind kind, bool overwrite)
    {
        var leaf = Input().requires_grad_();
        var made = Activate(kind, leaf.mul(1.5), overwrite);
        var values = made.detach().data<float>().ToArray();
        made.mul(Input()).sum().backward();
        return [.. values, .. Gradients.Of(leaf).data<float>().ToArray()];
    }

    private static torch.Tensor Input() => torch.tensor(new[] { -4f, -1.3f, -0.2f, 0.4f, 1.7f, 5f });

    private static torch.Tensor Activate(ActivationKind kind, torch.Tensor read, bool overwrite)
    {
        var graph = TinyNetwork.Graph();
        var interpreter = new NodeInterpreter(graph, _ => throw new InvalidOperationException("an activation has no tensors"));
        return interpreter.Run(new ActivationNode("x", "read", kind), new() { ["read"] = read }, graph.Teacher, ForwardMode.Training, overwrite);
    }
}
