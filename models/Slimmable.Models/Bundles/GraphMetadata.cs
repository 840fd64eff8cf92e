namespace Slimmable.Models;

/// <summary>The keys under which each of a bundle's graphs says what it is, in its ONNX file's <c>metadata_props</c>. Values are text, or JSON where it says so.</summary>
public static class GraphMetadata
{
    /// <summary>The version of the bundle format.</summary>
    public const string Format = "slimmable.format";

    /// <summary>The program that wrote the file, with its version.</summary>
    public const string Producer = "slimmable.producer";

    /// <summary>The architecture's name.</summary>
    public const string Model = "slimmable.model";

    /// <summary>What the network was trained on, where it is known.</summary>
    public const string DataSet = "slimmable.dataset";

    /// <summary>What the graph is: <c>gate</c>, <c>tail</c>, <c>full</c> or <c>routed</c>.</summary>
    public const string Role = "slimmable.role";

    /// <summary>The subnet whose graph it is, of a tail and of a full graph.</summary>
    public const string Subnet = "slimmable.subnet";

    /// <summary>Multiply-adds of this graph for an image; not of one that routes, which has no such number.</summary>
    public const string MAdds = "slimmable.madds";

    /// <summary>JSON: the channels of each elastic axis that the graph has a part of.</summary>
    public const string Widths = "slimmable.widths";

    /// <summary>JSON: names, multiply-adds and widths of the bundle's subnets, from cheap to dear; where there is a gate inside.</summary>
    public const string Subnets = "slimmable.subnets";

    /// <summary>JSON: the names of the subnets that the gate's scores stand for, in their order.</summary>
    public const string Candidates = "slimmable.candidates";

    /// <summary>JSON: the mean costs that the gate can be set to, and what is then added to its scores, where there are some.</summary>
    public const string OperatingPoints = "slimmable.operating_points";

    /// <summary>The type of the images that enter: <c>float32</c> or <c>uint8</c>.</summary>
    public const string InputType = "slimmable.input_type";

    /// <summary>Where the channels of the images that enter stand: <c>nchw</c> or <c>nhwc</c>.</summary>
    public const string InputLayout = "slimmable.input_layout";

    /// <summary>JSON: how a raw pixel becomes a number for the network, where it is known; of <c>uint8</c> images the graph does it itself.</summary>
    public const string Preprocessing = "slimmable.preprocessing";

    /// <summary>JSON: the classes' names in the order of the logits, where they leave and are known.</summary>
    public const string Labels = "slimmable.labels";

    /// <summary>What the graph computes in: <c>float32</c> or <c>float16</c>.</summary>
    public const string Precision = "slimmable.precision";
}
