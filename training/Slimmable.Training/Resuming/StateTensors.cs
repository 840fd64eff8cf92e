using Slimmable.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>Takes a stage's tensors out into a state and puts them back.</summary>
/// <param name="network">What learns.</param>
/// <param name="average">Its moving average, where there is one.</param>
/// <param name="optimizer">The stage's optimizer, its momenta made already.</param>
/// <param name="learnt">What the optimizer learns, in its order.</param>
internal sealed class StateTensors(Supernet network, Supernet? average, SGD optimizer, IReadOnlyList<TensorSpec> learnt)
{
    private const string Network = "network.";
    private const string Average = "average.";
    private const string Momentum = "momentum.";

    /// <summary>Copies out what there is.</summary>
    public IReadOnlyDictionary<string, ResumeTensor> Capture()
    {
        var tensors = new Dictionary<string, ResumeTensor>();
        void Add(string name, torch.Tensor tensor)
        {
            using var values = tensor.detach();
            tensors[name] = new ResumeTensor(values.shape, values.data<float>().ToArray());
        }

        foreach (var (prefix, supernet) in Supernets())
        {
            foreach (var spec in network.Graph.Tensors)
            {
                Add(prefix + spec.Name, supernet[spec.Name]);
            }
        }

        foreach (var (name, memory) in Memories())
        {
            Add(name, memory.momentum_buffer!);
        }

        return tensors;
    }

    /// <summary>Puts back what was copied out.</summary>
    /// <param name="tensors">From <see cref="Capture"/>, perhaps by way of a file.</param>
    /// <exception cref="FormatException">A tensor is missing or has another shape.</exception>
    public void Restore(IReadOnlyDictionary<string, ResumeTensor> tensors)
    {
        float[] Values(string name, IReadOnlyList<long> shape) => tensors.TryGetValue(name, out var tensor) && tensor.Shape.SequenceEqual(shape)
            ? tensor.Values
            : throw new FormatException($"tensor '{name}': expected [{string.Join(", ", shape)}], found {(tensor is null ? "none" : $"[{string.Join(", ", tensor.Shape)}]")}");

        foreach (var (prefix, supernet) in Supernets())
        {
            supernet.Load(network.Graph.Tensors.ToDictionary(spec => spec.Name, spec => Values(prefix + spec.Name, supernet[spec.Name].shape)));
        }

        using var noGradient = torch.no_grad();
        foreach (var (name, memory) in Memories())
        {
            var momentum = memory.momentum_buffer!;
            using var values = torch.tensor(Values(name, momentum.shape), momentum.shape);
            momentum.copy_(values);
        }
    }

    private IEnumerable<(string Prefix, Supernet Supernet)> Supernets() =>
        average is null ? [(Network, network)] : [(Network, network), (Average, average)];

    private IEnumerable<(string Name, SGD.State Memory)> Memories() =>
        learnt.Zip(optimizer.state_dict().State, (spec, state) => (Momentum + spec.Name, (SGD.State)state));
}
