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
    private readonly long[] inputShape;
    private nint input;

    /// <summary>Binds the outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">The batch.</param>
    /// <param name="outputAddress">Where an output goes; the memory must outlive this object.</param>
    public BoundGraph(GraphSession graph, int rows, Func<BundleTensor, nint> outputAddress)
    {
        this.graph = graph;
        inputShape = ShapeOf(graph.Input, rows);
        tensors = graph.Bind();
        foreach (var output in graph.Outputs)
        {
            using var value = ValueAt(outputAddress(output), ShapeOf(output, rows));
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
            using var value = ValueAt(address, inputShape);
            tensors.BindInput(graph.Input.Name, value);
            input = address;
        }

        graph.Run(tensors);
    }

    public void Dispose() => tensors.Dispose();

    private static long[] ShapeOf(BundleTensor tensor, int rows) => [rows, .. tensor.Shape];

    private static OrtValue ValueAt(nint address, long[] shape)
    {
        var floats = 1L;
        foreach (var length in shape)
        {
            floats *= length;
        }

        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, address, floats * sizeof(float));
    }
}
