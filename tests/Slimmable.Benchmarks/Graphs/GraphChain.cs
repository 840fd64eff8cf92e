using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Slimmable.Benchmarks;

/// <summary>
/// One graph, or several of which each takes the first output of the one before, loaded and bound to tensors of their own: batch 1, one thread. What a
/// run costs is then what the graphs cost.
/// </summary>
internal sealed class GraphChain : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly List<(InferenceSession Session, OrtIoBinding Tensors)> links = [];
    private readonly RunOptions running = new();

    /// <summary>Loads the graphs.</summary>
    /// <param name="files">In the order they run.</param>
    /// <param name="level">What ONNX Runtime may do to them.</param>
    /// <param name="profile">The beginning of the names of ONNX Runtime's profiles, one a graph; null for none.</param>
    public GraphChain(IReadOnlyList<string> files, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL, string? profile = null)
    {
        owned.Add(running);
        try
        {
            OrtValue? handed = null;
            foreach (var file in files)
            {
                using var options = new SessionOptions { IntraOpNumThreads = 1, GraphOptimizationLevel = level };
                if (profile is not null)
                {
                    // In this order: switching profiling on takes the prefix as it is then.
                    options.ProfileOutputPathPrefix = profile;
                    options.EnableProfiling = true;
                }

                handed = Add(file, options, handed);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs every graph once.</summary>
    public void Run()
    {
        foreach (var (session, tensors) in links)
        {
            session.RunWithBinding(running, tensors);
        }
    }

    /// <summary>Ends the profiles, and yields their files.</summary>
    public IReadOnlyList<string> EndProfiles() => [.. links.Select(link => link.Session.EndProfiling())];

    public void Dispose() => owned.AsEnumerable().Reverse().ToList().ForEach(item => item.Dispose());

    /// <summary>Adds a graph that takes the given value, and yields its first output.</summary>
    private OrtValue Add(string file, SessionOptions options, OrtValue? input)
    {
        var session = Own(new InferenceSession(file, options));
        var tensors = Own(session.CreateIoBinding());
        links.Add((session, tensors));
        var entry = session.InputMetadata.Single();
        tensors.BindInput(entry.Key, input ?? Noise(entry.Value));
        var outputs = session.OutputNames.Select(name => (name, Value: Empty(session.OutputMetadata[name]))).ToList();
        outputs.ForEach(output => tensors.BindOutput(output.name, output.Value));
        return outputs[0].Value;
    }

    private OrtValue Empty(NodeMetadata metadata) =>
        Own(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, metadata.ElementDataType, ShapeOf(metadata)));

    private OrtValue Noise(NodeMetadata metadata)
    {
        if (metadata.ElementDataType != TensorElementType.Float)
        {
            throw new NotSupportedException($"no noise of {metadata.ElementDataType}");
        }

        var value = Empty(metadata);
        var random = new Random(1);
        foreach (ref var number in value.GetTensorMutableDataAsSpan<float>())
        {
            number = (random.NextSingle() * 2) - 1;
        }

        return value;
    }

    private static long[] ShapeOf(NodeMetadata metadata) => [.. metadata.Dimensions.Select(length => (long)Math.Max(length, 1))];

    private T Own<T>(T item)
        where T : IDisposable
    {
        owned.Add(item);
        return item;
    }
}
