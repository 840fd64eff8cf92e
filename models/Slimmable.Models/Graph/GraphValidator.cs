namespace Slimmable.Models;

/// <summary>Checks a definition's axes and nodes, and infers shapes on the way. <see cref="SubnetRules"/> checks the rest.</summary>
internal sealed class GraphValidator(GraphDefinition definition)
{
    private const int MostAxes = 10_000;
    private const int MostNodes = 20_000;
    private const int MostSubnets = 1_000;
    private const int LargestSize = 1 << 20;
    private const int LargestSide = 1 << 16;
    private const long LargestTensor = int.MaxValue;

    private readonly List<string> faults = [];
    private readonly Dictionary<string, Axis> axes = [];

    public IReadOnlyList<string> Faults => faults;

    public Dictionary<string, ValueShape> Shapes { get; } = [];

    public void Check()
    {
        if (HasTooMuchOrNulls())
        {
            return;
        }

        CheckName("graph", definition.Name);
        foreach (var axis in definition.Axes)
        {
            CheckAxis(axis);
        }

        CheckInput();
        foreach (var node in definition.Nodes)
        {
            CheckNode(node);
        }

        if (faults.Count == 0)
        {
            CheckLogits();
            CheckEveryNodeIsUsed();
        }
    }

    private bool HasTooMuchOrNulls()
    {
        CheckCount("axes", definition.Axes, MostAxes);
        CheckCount("nodes", definition.Nodes, MostNodes);
        CheckCount("subnets", definition.Subnets, MostSubnets);
        CheckCount("gates", definition.Gates, 1, least: 0);
        return faults.Count > 0;
    }

    private void CheckCount<T>(string what, IReadOnlyList<T?> list, int most, int least = 1)
        where T : class
    {
        Require(list.Count >= least && list.Count <= most, $"{what}: expected {least} to {most}, found {list.Count}");
        Require(list.All(item => item is not null), $"{what}: found null in the list");
    }

    private void CheckAxis(Axis axis)
    {
        CheckName("axis", axis.Name);
        Require(axes.TryAdd(axis.Name, axis), $"axis '{axis.Name}': the name is used twice");
        var ascending = axis.Sizes.Zip(axis.Sizes.Skip(1)).All(pair => pair.First < pair.Second);
        Require(
            axis.Sizes.Count > 0 && axis.Sizes[0] > 0 && axis.Sizes[^1] <= LargestSize && ascending,
            $"axis '{axis.Name}': expected sizes that ascend within 1..{LargestSize}, found [{string.Join(", ", axis.Sizes.Take(32))}]");
    }

    private void CheckInput()
    {
        var input = definition.Input;
        CheckName("input", input.Name);
        Require(
            input.Height is > 0 and <= LargestSide && input.Width is > 0 and <= LargestSide,
            $"input '{input.Name}': expected sides in 1..{LargestSide}, found {input.Height}x{input.Width}");
        var known = axes.TryGetValue(input.Channels, out var axis);
        Require(known && !axis!.IsElastic, $"input '{input.Name}': expected a fixed axis for its channels, found '{input.Channels}'");
        Shapes[input.Name] = new ValueShape(input.Channels, input.Height, input.Width, IsFlat: false);
    }

    private void CheckNode(Node node)
    {
        var before = faults.Count;
        CheckName("node", node.Name);
        Require(!Shapes.ContainsKey(node.Name), $"node '{node.Name}': the name is used twice");
        Require(
            !$"{node.Name}.".StartsWith(CheckpointFormat.GoldenPrefix, StringComparison.Ordinal),
            $"node '{node.Name}': names under '{CheckpointFormat.GoldenPrefix}' are kept for golden samples");
        foreach (var input in node.Inputs)
        {
            Require(Shapes.ContainsKey(input), $"node '{node.Name}': its input '{input}' is neither the graph's input nor a node before it");
        }

        CheckAttributes(node);
        if (faults.Count > before)
        {
            return;
        }

        var inputs = node.Inputs.Select(input => Shapes[input]).ToArray();
        if (ShapeInference.Infer(node, inputs, out var fault) is { } shape)
        {
            Shapes[node.Name] = shape;
            CheckTensorSizes(node);
        }
        else
        {
            faults.Add($"node '{node.Name}': {fault}");
        }
    }

    private void CheckAttributes(Node node)
    {
        switch (node)
        {
            case Conv2dNode conv:
                RequireAxis(node, conv.In);
                RequireAxis(node, conv.Out);
                RequireWindow(node, conv.Kernel, conv.Stride, conv.Padding, conv.Kernel - 1);
                Require(Enum.IsDefined(conv.Kind), $"node '{node.Name}': unknown kind {conv.Kind}");
                Require(
                    conv.Kind != ConvolutionKind.Depthwise || conv.In == conv.Out,
                    $"node '{node.Name}': a depthwise convolution has one axis, found in '{conv.In}' and out '{conv.Out}'");
                break;
            case LinearNode linear:
                RequireAxis(node, linear.In);
                RequireAxis(node, linear.Out);
                break;
            case BatchNormNode norm:
                RequireAxis(node, norm.Axis);
                Require(norm.Epsilon is > 0 and < 1, $"node '{node.Name}': expected epsilon in (0, 1), found {norm.Epsilon}");
                Require(norm.Momentum is > 0 and <= 1, $"node '{node.Name}': expected momentum in (0, 1], found {norm.Momentum}");
                Require(Enum.IsDefined(norm.Affine), $"node '{node.Name}': unknown affine sharing {norm.Affine}");
                break;
            case ActivationNode activation:
                Require(Enum.IsDefined(activation.Kind), $"node '{node.Name}': unknown activation {activation.Kind}");
                break;
            case AveragePoolNode pool:
                RequireWindow(node, pool.Kernel, pool.Stride, pool.Padding, pool.Kernel / 2);
                break;
            case MaxPoolNode pool:
                RequireWindow(node, pool.Kernel, pool.Stride, pool.Padding, pool.Kernel / 2);
                break;
            case DropoutNode dropout:
                Require(dropout.Rate is >= 0 and < 1, $"node '{node.Name}': expected a rate in [0, 1), found {dropout.Rate}");
                break;
        }
    }

    private void CheckTensorSizes(Node node)
    {
        foreach (var tensor in TensorCatalog.Of(node, name => axes[name], name => Shapes[name]))
        {
            var elements = tensor.Dimensions.Aggregate(1.0, (product, dimension) => product * (dimension.Axis?.Largest ?? 1) * dimension.Factor);
            Require(elements <= LargestTensor, $"node '{node.Name}': its {tensor.Role} would have {elements:0} elements, at most {LargestTensor} are allowed");
        }
    }

    private void CheckLogits()
    {
        var known = Shapes.TryGetValue(definition.Logits, out var shape);
        Require(
            known && shape.IsFlat && shape.Pixels == 1 && !axes[shape.Axis].IsElastic,
            $"logits '{definition.Logits}': expected a node with a flat value on a fixed axis");
    }

    private void CheckEveryNodeIsUsed()
    {
        var used = definition.Nodes.SelectMany(node => node.Inputs).Append(definition.Logits)
            .Concat(definition.Gates.SelectMany<Gate, string>(gate => [gate.Features, gate.Logits]))
            .ToHashSet();
        foreach (var node in definition.Nodes.Where(node => !used.Contains(node.Name)))
        {
            faults.Add($"node '{node.Name}': nothing reads it");
        }
    }

    private void RequireAxis(Node node, string axis) => Require(axes.ContainsKey(axis), $"node '{node.Name}': there is no axis '{axis}'");

    private void RequireWindow(Node node, int kernel, int stride, int padding, int mostPadding) => Require(
        kernel is > 0 and < 256 && stride is > 0 and < 256 && padding >= 0 && padding <= mostPadding,
        $"node '{node.Name}': expected kernel and stride in 1..255 and padding in 0..{mostPadding}, found {kernel}, {stride}, {padding}");

    private void CheckName(string what, string? name) => Require(Names.IsValid(name), $"{what} '{name}': expected a name of {Names.Rule}");

    private void Require(bool condition, string fault)
    {
        if (!condition)
        {
            faults.Add(fault);
        }
    }
}
