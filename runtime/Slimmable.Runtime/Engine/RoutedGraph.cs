using Microsoft.ML.OnnxRuntime;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>
/// The graph that routes by itself, loaded into ONNX Runtime. The SDK routes with the parts, which share memory and take a caller's own choice; this is
/// how it proves that other consumers get the same answers from one file.
/// </summary>
internal sealed class RoutedGraph : IDisposable
{
    private readonly GraphSession session;
    private readonly BundleManifest manifest;

    /// <summary>Loads the graph.</summary>
    /// <exception cref="InvalidFileException">ONNX Runtime refuses it, or it does not fit the manifest.</exception>
    public RoutedGraph(Bundle bundle, string file, ThreadPlan threads)
    {
        manifest = bundle.Manifest;
        session = new GraphSession(bundle, file, threads, manifest.Input, manifest.Logits);
    }

    /// <summary>Answers a batch.</summary>
    /// <param name="input">Whole inputs.</param>
    /// <param name="rows">N.</param>
    /// <returns>The logits, <c>[N, classes]</c>, and for each row the place of the subnet that answered among the bundle's.</returns>
    /// <exception cref="InvalidFileException">The graph says of another shape or type who answered, or names a subnet that there is not.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    public unsafe (float[] Logits, int[] Subnets) Run(ModelInput input, int rows)
    {
        fixed (byte* address = input)
        {
            using var tensors = session.Bind();
            using var value = BoundGraph.ValueAt((nint)address, manifest.Input, rows);
            tensors.BindInput(manifest.Input.Name, value);
            tensors.BindOutputToDevice(manifest.Logits.Name, OrtMemoryInfo.DefaultInstance);
            Bind(tensors);
            session.Run(tensors);
            using var outputs = tensors.GetOutputValues();
            return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), SubnetsIn(outputs[1], rows));
        }
    }

    public void Dispose() => session.Dispose();

    private void Bind(OrtIoBinding tensors)
    {
        try
        {
            tensors.BindOutputToDevice(BundleFormat.SubnetIndex, OrtMemoryInfo.DefaultInstance);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InvalidFileException(session.Path, $"expected an output '{BundleFormat.SubnetIndex}', found: {EngineException.FirstLine(fault)}", fault);
        }
    }

    private int[] SubnetsIn(OrtValue output, int rows)
    {
        var type = output.GetTensorTypeAndShape();
        if (type.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 || !type.Shape.SequenceEqual([rows]))
        {
            throw new InvalidFileException(
                session.Path, $"output '{BundleFormat.SubnetIndex}': expected 64-bit integers [{rows}], found {type.ElementDataType} [{string.Join(", ", type.Shape)}]");
        }

        var subnets = output.GetTensorDataAsSpan<long>().ToArray();
        return subnets.All(subnet => subnet >= 0 && subnet < manifest.Subnets.Count)
            ? [.. subnets.Select(subnet => (int)subnet)]
            : throw new InvalidFileException(
                session.Path, $"output '{BundleFormat.SubnetIndex}': expected places of {manifest.Subnets.Count} subnets, found {subnets.First(subnet => subnet < 0 || subnet >= manifest.Subnets.Count)}");
    }
}
