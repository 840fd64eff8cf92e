using Microsoft.ML.OnnxRuntime;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>One graph of a bundle, loaded into ONNX Runtime. Safe for many threads.</summary>
internal sealed class GraphSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();

    /// <summary>Loads a graph and checks that it takes and gives what the manifest says.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="file">The ONNX file's name.</param>
    /// <param name="threads">What it runs on.</param>
    /// <param name="input">What the graph takes.</param>
    /// <param name="outputs">What it gives.</param>
    /// <exception cref="InvalidFileException">ONNX Runtime refuses the graph, or it does not fit the manifest.</exception>
    public GraphSession(Bundle bundle, string file, ThreadPlan threads, BundleTensor input, params IReadOnlyList<BundleTensor> outputs)
    {
        Path = bundle.PathOf(file);
        Input = input;
        Outputs = outputs;
        var mapped = bundle.Manifest.Files.Any(other => other.Name == BundleFormat.DataFile(file));
        using var options = OnnxEnvironment.SessionOptions(threads, mapped);
        try
        {
            session = new InferenceSession(Path, options);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InvalidFileException(Path, $"expected a graph that ONNX Runtime takes, found: {EngineException.FirstLine(fault)}", fault);
        }

        // Outputs beyond those are not asked for, so they do no harm.
        var faults = FaultsOf("input", session.InputMetadata, [input], exactly: true).Concat(FaultsOf("output", session.OutputMetadata, outputs, exactly: false)).ToList();
        if (faults.Count > 0)
        {
            Dispose();
            throw new InvalidFileException(Path, string.Join("; ", faults));
        }
    }

    /// <summary>The ONNX file.</summary>
    public string Path { get; }

    /// <summary>What the graph takes.</summary>
    public BundleTensor Input { get; }

    /// <summary>What the graph gives.</summary>
    public IReadOnlyList<BundleTensor> Outputs { get; }

    /// <summary>A new set of tensors for the graph.</summary>
    public OrtIoBinding Bind() => session.CreateIoBinding();

    /// <summary>Runs the graph on bound tensors. Of all ways to run a session this one allocates nothing on the managed heap.</summary>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    public void Run(OrtIoBinding tensors)
    {
        try
        {
            session.RunWithBinding(runOptions, tensors);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new EngineException($"{Path}: ONNX Runtime failed: {EngineException.FirstLine(fault)}", fault);
        }
    }

    /// <summary>Runs the graph once.</summary>
    /// <param name="input">The rows, one after the other.</param>
    /// <param name="rows">How many there are.</param>
    /// <returns>What it gives, in the order of <see cref="Outputs"/>.</returns>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    public unsafe float[][] Run(ModelInput input, int rows)
    {
        fixed (byte* address = input)
        {
            using var tensors = Bind();
            using var value = BoundGraph.ValueAt((nint)address, Input, rows);
            tensors.BindInput(Input.Name, value);
            foreach (var output in Outputs)
            {
                tensors.BindOutputToDevice(output.Name, OrtMemoryInfo.DefaultInstance);
            }

            Run(tensors);
            using var values = tensors.GetOutputValues();
            return [.. values.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
        }
    }

    public void Dispose()
    {
        session.Dispose();
        runOptions.Dispose();
    }

    private static IEnumerable<string> FaultsOf(
        string what, IReadOnlyDictionary<string, NodeMetadata> found, IReadOnlyList<BundleTensor> expected, bool exactly)
    {
        var names = expected.Select(tensor => tensor.Name).ToList();
        if (names.Except(found.Keys).Any() || (exactly && found.Count != names.Count))
        {
            yield return $"{what}s: expected {List(names)}, found {List(found.Keys)}";
            yield break;
        }

        foreach (var tensor in expected)
        {
            var metadata = found[tensor.Name];
            var (type, words) = tensor.NumberType == NumberType.U8 ? (typeof(byte), "bytes") : (typeof(float), "32-bit floats");
            if (metadata.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR || metadata.ElementType != type)
            {
                yield return $"{what} '{tensor.Name}': expected a tensor of {words}, found {metadata.OnnxValueType} of {metadata.ElementType.Name}";
            }
            else if (metadata.Dimensions is not [-1, .. var shape] || !shape.SequenceEqual(tensor.Shape))
            {
                yield return $"{what} '{tensor.Name}': expected [N, {string.Join(", ", tensor.Shape)}], "
                    + $"found [{string.Join(", ", metadata.Dimensions.Select(length => length < 0 ? "any" : $"{length}"))}]";
            }
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
}
