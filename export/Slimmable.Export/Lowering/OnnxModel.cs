using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>A graph as a file holds it.</summary>
internal static class OnnxModel
{
    /// <summary>Wraps a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="producer">The name of the program that writes the file.</param>
    /// <param name="producerVersion">Its version.</param>
    public static ModelProto Of(GraphProto graph, string producer, string producerVersion) => new()
    {
        IrVersion = OnnxFormat.IrVersion,
        ProducerName = producer,
        ProducerVersion = producerVersion,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OnnxFormat.Opset } },
        Graph = graph,
    };
}
