using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>
/// A graph with its tensors bound for one number of rows. The outputs stay where they are; the input may lie elsewhere each time, so that a caller's
/// memory is read where it is. For one thread at a time.
/// </summary>
internal sealed class BoundGraph : IDisposable
{
    private readonly GraphSession graph;
    private readonly OrtIoBinding tensors;
    private readonly int rows;
    private nint input;

    /// <summary>Binds the outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">The batch.</param>
    /// <param name="outputAddress">Where an output goes; the memory must outlive this object.</param>
    public BoundGraph(GraphSession graph, int rows, Func<BundleTensor, nint> outputAddress)
    {
        this.graph = graph;
        this.rows = rows;
        tensors = graph.Bind();
        foreach (var output in graph.Outputs)
        {
            using var value = ValueAt(outputAddress(output), output, rows);
            tensors.BindOutput(output.Name, value);
        }
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="address">Where the input's rows lie. They must stay there until the call returns.</param>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    public void Run(nint address)
    {
        if (address != input)
        {
            using var value = ValueAt(address, graph.Input, rows);
            tensors.BindInput(graph.Input.Name, value);
            input = address;
        }

        graph.Run(tensors);
    }

    public void Dispose() => tensors.Dispose();

    /// <summary>Rows of a tensor in memory that is somebody else's and must outlive the value.</summary>
    public static OrtValue ValueAt(nint address, BundleTensor tensor, int rows) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance,
        tensor.NumberType == NumberType.U8 ? TensorElementType.UInt8 : TensorElementType.Float,
        [rows, .. tensor.Shape],
        address,
        rows * tensor.RowBytes());
}
