using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>What a graph gave.</summary>
/// <param name="Shape">Outermost first.</param>
/// <param name="Values">Row-major; whole numbers as floats.</param>
public sealed record GraphOutput(IReadOnlyList<long> Shape, float[] Values);

/// <summary>
/// One ONNX file, loaded into ONNX Runtime: for tools that look at a bundle graph by graph. It asks nothing of a manifest and copies what goes in and out;
/// <see cref="SlimmableModel"/> serves. Safe for many threads.
/// </summary>
public sealed class OnnxGraph : IDisposable
{
    /// <summary>What goes wrong is told by exceptions, and not on standard error too.</summary>
    private const OrtLoggingLevel Quiet = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    private readonly InferenceSession session;
    private readonly string path;

    private OnnxGraph(string path, InferenceSession session)
    {
        this.path = path;
        this.session = session;
    }

    /// <summary>Loads a graph.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <exception cref="InvalidFileException">ONNX Runtime refuses the graph.</exception>
    /// <exception cref="EngineException">ONNX Runtime's native library does not load.</exception>
    public static OnnxGraph Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var options = OnnxEnvironment.SessionOptions(OnnxEnvironment.Prepare(threads: 0), mapped: File.Exists(BundleFormat.DataFile(path)));
        options.LogSeverityLevel = Quiet;
        try
        {
            return new(path, new InferenceSession(path, options));
        }
        catch (OnnxRuntimeException fault)
        {
            throw new InvalidFileException(path, $"expected a graph that ONNX Runtime takes, found: {EngineException.FirstLine(fault)}", fault);
        }
    }

    /// <summary>Runs the graph, which has one input, of floats or of bytes.</summary>
    /// <param name="input">The input's numbers as they lie in memory, row-major.</param>
    /// <param name="shape">Its shape, outermost first.</param>
    /// <returns>The outputs by name, floats or whole numbers of 64 bits.</returns>
    /// <exception cref="EngineException">ONNX Runtime failed, or the graph takes or gives something else.</exception>
    public unsafe IReadOnlyDictionary<string, GraphOutput> Run(ReadOnlySpan<byte> input, IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var (name, type) = Input();
        var elements = shape.Aggregate(1L, (product, length) => checked(product * length));
        if (input.Length != elements * (type == TensorElementType.Float ? sizeof(float) : 1))
        {
            throw new EngineException($"{path}: input '{name}': expected [{string.Join(", ", shape)}] of {type}, found {input.Length} bytes");
        }

        try
        {
            fixed (byte* address = input)
            {
                using var value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, [.. shape], (nint)address, input.Length);
                using var options = new RunOptions { LogSeverityLevel = Quiet };
                var names = session.OutputNames;
                using var outputs = session.Run(options, [name], [value], names);
                return names.Zip(outputs).ToDictionary(pair => pair.First, pair => OutputOf(pair.First, pair.Second));
            }
        }
        catch (OnnxRuntimeException fault)
        {
            throw new EngineException($"{path}: ONNX Runtime failed: {EngineException.FirstLine(fault)}", fault);
        }
    }

    /// <summary>Releases the graph.</summary>
    public void Dispose() => session.Dispose();

    private (string Name, TensorElementType Type) Input()
    {
        if (session.InputMetadata.ToList() is not [var (name, metadata)] || metadata.ElementDataType is not (TensorElementType.Float or TensorElementType.UInt8))
        {
            throw new EngineException($"{path}: expected one input of floats or bytes, found {string.Join(", ", session.InputMetadata.Select(port => $"'{port.Key}' of {port.Value.ElementDataType}"))}");
        }

        return (name, metadata.ElementDataType);
    }

    private GraphOutput OutputOf(string name, OrtValue value)
    {
        var type = value.GetTensorTypeAndShape();
        return type.ElementDataType switch
        {
            TensorElementType.Float => new(type.Shape, value.GetTensorDataAsSpan<float>().ToArray()),
            TensorElementType.Int64 => new(type.Shape, [.. value.GetTensorDataAsSpan<long>().ToArray().Select(number => (float)number)]),
            var other => throw new EngineException($"{path}: output '{name}': expected floats or whole numbers of 64 bits, found {other}"),
        };
    }
}
