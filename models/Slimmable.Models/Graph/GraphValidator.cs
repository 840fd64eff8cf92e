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
    private const int MostTensors = 100_000;

    private readonly List<string> faults = [];
    private readonly Dictionary<string, Axis> axes = [];
    private readonly HashSet<string> values = [];
    private readonly Dictionary<string, Node> tensors = [];

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
            CheckTensorNames();
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
        // An axis without sizes is at fault once, and not again wherever it is used.
        Require(axes.TryAdd(axis.Name, axis.Sizes.Count > 0 ? axis : axis with { Sizes = [1] }), $"axis '{axis.Name}': the name is used twice");
        var ascending = axis.Sizes.Zip(axis.Sizes.Skip(1)).All(pair => pair.First <= pair.Second);
        Require(
            axis.Sizes.Count > 0 && axis.Sizes[0] > 0 && axis.Sizes[^1] <= LargestSize && ascending,
            $"axis '{axis.Name}': expected sizes that ascend within 1..{LargestSize}, found [{string.Join(", ", axis.Sizes.Take(32))}]");
    }

    private void CheckInput()
    {
        var before = faults.Count;
        var input = definition.Input;
        CheckName("input", input.Name);
        Require(
            input.Height is > 0 and <= LargestSide && input.Width is > 0 and <= LargestSide,
            $"input '{input.Name}': expected sides in 1..{LargestSide}, found {input.Height}x{input.Width}");
        var known = axes.TryGetValue(input.Channels, out var axis);
        Require(known && !axis!.IsElastic, $"input '{input.Name}': expected a fixed axis for its channels, found '{input.Channels}'");
        values.Add(input.Name);
        if (faults.Count == before)
        {
            AddShape($"input '{input.Name}'", input.Name, new ValueShape(input.Channels, input.Height, input.Width, IsFlat: false));
        }
    }

    private void CheckNode(Node node)
    {
        var before = faults.Count;
        CheckName("node", node.Name);
        Require(!values.Contains(node.Name), $"node '{node.Name}': the name is used twice");
        Require(
            !$"{node.Name}.".StartsWith(CheckpointFormat.GoldenPrefix, StringComparison.Ordinal),
            $"node '{node.Name}': names under '{CheckpointFormat.GoldenPrefix}' are kept for golden samples");
        foreach (var input in node.Inputs)
        {
            Require(values.Contains(input), $"node '{node.Name}': its input '{input}' is neither the graph's input nor a node before it");
        }

        values.Add(node.Name);
        CheckAttributes(node);
        if (faults.Count > before || !node.Inputs.All(Shapes.ContainsKey))
        {
            return; // What is wrong with an input was said there.
        }

        var inputs = node.Inputs.Select(input => Shapes[input]).ToArray();
        if (ShapeInference.Infer(node, inputs, out var fault) is { } shape)
        {
            AddShape($"node '{node.Name}'", node.Name, shape);
            CheckTensors(node);
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

    private void AddShape(string what, string value, ValueShape shape)
    {
        var elements = (double)axes[shape.Axis].Largest * shape.Pixels;
        if (elements <= LargestTensor)
        {
            Shapes[value] = shape;
        }
        else
        {
            faults.Add($"{what}: its value would have {elements:0} elements an image, at most {LargestTensor} are allowed");
        }
    }

    private void CheckTensors(Node node)
    {
        foreach (var tensor in TensorCatalog.Of(node, name => axes[name], name => Shapes[name]).TakeWhile(_ => tensors.Count <= MostTensors))
        {
            var elements = tensor.Dimensions.Aggregate(1.0, (product, dimension) => product * (dimension.Axis?.Largest ?? 1) * dimension.Factor);
            Require(elements <= LargestTensor, $"node '{node.Name}': its {tensor.Role} would have {elements:0} elements, at most {LargestTensor} are allowed");
            Require(tensors.TryAdd(tensor.Name, node), TensorNameFault(node, tensor.Name));
            Require(tensors.Count <= MostTensors, $"tensors: expected at most {MostTensors}, found more at node '{node.Name}'");
        }
    }

    /// <summary>Tensors and nodes share the names of an ONNX graph.</summary>
    private void CheckTensorNames()
    {
        foreach (var name in values.Where(tensors.ContainsKey))
        {
            faults.Add(TensorNameFault(tensors[name], name));
        }
    }

    private static string TensorNameFault(Node node, string tensor) =>
        $"node '{node.Name}': its tensor '{tensor}' has the name of another tensor or node";

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
        $"node '{node.Name}': expected kernel and stride in 1..255 and padding in 0..{Math.Max(0, mostPadding)}, found {kernel}, {stride}, {padding}");

    private void CheckName(string what, string? name) => Require(Names.IsValid(name), $"{what} '{name}': expected a name of {Names.Rule}");

    private void Require(bool condition, string fault)
    {
        if (!condition)
        {
            faults.Add(fault);
        }
    }
}
