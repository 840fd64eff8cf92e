using System.Reflection;

namespace Slimmable.Export;

/// <summary>
/// Every kind of fault that is looked for: SLIM1xx the manifest, SLIM2xx the files, SLIM3xx the graphs' structure, SLIM4xx the engine, SLIM5xx the
/// numbers, SLIM6xx the cost. An id is never given to another kind of fault, and one that is no longer looked for is not given again.
/// </summary>
public static class FindingRules
{
    /// <summary>There is no manifest that can be read.</summary>
    public static FindingRule ManifestUnreadable { get; } = new("SLIM101", "The manifest cannot be read");

    /// <summary>The bundle is of another format than this program reads.</summary>
    public static FindingRule FormatVersion { get; } = new("SLIM102", "The format version is unknown");

    /// <summary>The manifest is JSON of another form than its schema's.</summary>
    public static FindingRule Schema { get; } = new("SLIM103", "The manifest breaks its schema");

    /// <summary>A value in the manifest contradicts another, or is out of bounds.</summary>
    public static FindingRule ManifestRule { get; } = new("SLIM104", "The manifest contradicts itself");

    /// <summary>The subnets do not stand from cheap to dear.</summary>
    public static FindingRule SubnetOrder { get; } = new("SLIM105", "The subnets are out of order");

    /// <summary>The gate's candidates are not those that its outputs score.</summary>
    public static FindingRule Candidates { get; } = new("SLIM106", "The gate and its candidates disagree");

    /// <summary>The manifest refers to a file that it does not list.</summary>
    public static FindingRule Unlisted { get; } = new("SLIM107", "A file is referred to and not listed");

    /// <summary>The manifest names ONNX versions that graphs of its format do not have.</summary>
    public static FindingRule ManifestVersions { get; } = new("SLIM108", "The manifest names other ONNX versions");

    /// <summary>A file that the manifest lists is not there.</summary>
    public static FindingRule FileMissing { get; } = new("SLIM201", "A file is missing");

    /// <summary>A file is longer or shorter than the manifest says.</summary>
    public static FindingRule FileSize { get; } = new("SLIM202", "A file has another size");

    /// <summary>A file's SHA-256 is not the manifest's.</summary>
    public static FindingRule FileHash { get; } = new("SLIM203", "A file has another hash");

    /// <summary>A path leads out of the bundle's folder.</summary>
    public static FindingRule FileOutside { get; } = new("SLIM204", "A file lies outside the bundle");

    /// <summary>A file or folder is there that the manifest does not list.</summary>
    public static FindingRule FileUnknown { get; } = new("SLIM205", "A file is not listed");

    /// <summary>The manifest's own hash is missing or does not fit.</summary>
    public static FindingRule ManifestHash { get; } = new("SLIM206", "The manifest's hash does not fit");

    /// <summary>A file is there and cannot be read.</summary>
    public static FindingRule FileUnreadable { get; } = new("SLIM207", "A file cannot be read");

    /// <summary>One file has more faults than are listed.</summary>
    public static FindingRule More { get; } = new("SLIM300", "There is more than is listed");

    /// <summary>A file is no ONNX model.</summary>
    public static FindingRule NoModel { get; } = new("SLIM301", "A file is no ONNX model");

    /// <summary>A model is of other versions of ONNX, or brings operators of its own.</summary>
    public static FindingRule ModelVersions { get; } = new("SLIM302", "A model has other ONNX versions");

    /// <summary>A graph lacks a part that every graph has, or has one that bundles do not.</summary>
    public static FindingRule GraphParts { get; } = new("SLIM303", "A graph lacks a part");

    /// <summary>A name is missing or used twice.</summary>
    public static FindingRule GraphNames { get; } = new("SLIM304", "A name is missing or used twice");

    /// <summary>A node reads a value that is not there, or not yet.</summary>
    public static FindingRule GraphOrder { get; } = new("SLIM305", "A value is read before it is made");

    /// <summary>A node's operator is not one that bundles use.</summary>
    public static FindingRule UnknownOperator { get; } = new("SLIM306", "An operator is unknown");

    /// <summary>A node has too few or too many inputs or outputs.</summary>
    public static FindingRule NodePorts { get; } = new("SLIM307", "A node has other inputs or outputs");

    /// <summary>A node's attribute is unknown, of another type, or given twice.</summary>
    public static FindingRule NodeAttribute { get; } = new("SLIM308", "An attribute is wrong");

    /// <summary>Elements are of a type that an operator does not take.</summary>
    public static FindingRule ElementTypes { get; } = new("SLIM309", "Element types do not fit");

    /// <summary>Shapes do not fit an operator, or an attribute asks for what bundles do not have.</summary>
    public static FindingRule Shapes { get; } = new("SLIM310", "Shapes or settings do not fit");

    /// <summary>A graph declares a value otherwise than its nodes make it.</summary>
    public static FindingRule Declarations { get; } = new("SLIM311", "A value is declared wrongly");

    /// <summary>A value or weight is there for nothing.</summary>
    public static FindingRule Unread { get; } = new("SLIM312", "Nothing reads a value");

    /// <summary>A weight's bytes are not where or what they should be.</summary>
    public static FindingRule WeightData { get; } = new("SLIM313", "A weight is stored wrongly");

    /// <summary>A weight has a number that is infinite or none.</summary>
    public static FindingRule WeightNumbers { get; } = new("SLIM314", "A weight is not finite");

    /// <summary>A weight outside the graph's file refers to a place where it cannot be.</summary>
    public static FindingRule ExternalData { get; } = new("SLIM315", "A weight's other file is referred to wrongly");

    /// <summary>A graph takes or gives something else than the manifest says.</summary>
    public static FindingRule GraphPorts { get; } = new("SLIM316", "A graph has other inputs or outputs");

    /// <summary>A branch of a graph is not one that its node can run.</summary>
    public static FindingRule Branches { get; } = new("SLIM317", "A branch does not fit");

    /// <summary>ONNX Runtime refuses a graph.</summary>
    public static FindingRule EngineRefuses { get; } = new("SLIM401", "ONNX Runtime refuses a graph");

    /// <summary>ONNX Runtime fails while it runs a graph.</summary>
    public static FindingRule EngineFails { get; } = new("SLIM402", "ONNX Runtime fails at a graph");

    /// <summary>The golden samples cannot be read.</summary>
    public static FindingRule GoldenUnreadable { get; } = new("SLIM501", "The golden samples cannot be read");

    /// <summary>A golden tensor is missing, of another type or shape, or not finite.</summary>
    public static FindingRule GoldenTensor { get; } = new("SLIM502", "A golden tensor is wrong");

    /// <summary>A graph does not answer as the trainer did.</summary>
    public static FindingRule Answers { get; } = new("SLIM503", "A graph answers otherwise than the trainer");

    /// <summary>A graph that routes sends rows elsewhere than the gate's scores say.</summary>
    public static FindingRule Routes { get; } = new("SLIM504", "A graph routes otherwise than the gate");

    /// <summary>A subnet's multiply-adds are not those of its graphs.</summary>
    public static FindingRule SubnetMAdds { get; } = new("SLIM601", "Multiply-adds are declared wrongly");

    /// <summary>A subnet's parameters cannot be those of its graphs.</summary>
    public static FindingRule SubnetParameters { get; } = new("SLIM602", "Parameters are declared wrongly");

    /// <summary>The gate's multiply-adds are not those of its graph.</summary>
    public static FindingRule GateMAdds { get; } = new("SLIM603", "The gate's multiply-adds are declared wrongly");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
    [
        .. typeof(FindingRules).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(FindingRule))
            .Select(property => (FindingRule)property.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];
}
