using System.Diagnostics;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>
/// Times a bundle's subnets through the router and, where it has them, as standalone graphs. Everything that is compared is timed in turn in
/// the same run, so that what the machine does meanwhile meets all alike.
/// </summary>
internal sealed class Benchmark(OperatingModels models, IReadOnlyList<InputArray> inputs, int batch, int runs)
{
    private const int WarmUps = 20;

    private readonly SlimmableModel model = models.Default;
    private readonly float[] logits = new float[batch * models.Default.Manifest.Logits.Shape[0]];

    public BenchAnswer Run(int threads, CancellationToken cancellation)
    {
        var batches = inputs.Chunk(batch).Where(chunk => chunk.Length == batch).Select(InputArray.Join).ToList();
        if (batches.Count == 0)
        {
            batches.Add(InputArray.Join([.. Enumerable.Range(0, batch).Select(index => inputs[index % inputs.Count])]));
        }

        var subnets = model.Subnets.Select(subnet => TimeSubnet(subnet.Name, batches[0], cancellation)).ToList();
        return new(threads, batch, subnets, [.. models.Routed.Select(at => TimeRouted(at.Model, at.TargetCost, batches, cancellation))]);
    }

    private SubnetTiming TimeSubnet(string name, InputArray input, CancellationToken cancellation)
    {
        var subnet = model.Subnets.First(known => known.Name == name);
        var comparable = subnet.Tail is not null && subnet.Full is not null; // Else there is one graph, which the router runs too.
        var routed = new Timings(runs);
        var full = new Timings(runs);
        for (var run = -WarmUps; run < runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            routed.Add(run, Time(() => model.Route(input.Input, logits, subnet: name)));
            if (comparable)
            {
                full.Add(run, Time(() => model.RunStandalone(input.Input, logits, name)));
            }
        }

        return new(name, subnet.MAdds, routed.Quantile(0.5), routed.Quantile(0.95), comparable ? full.Quantile(0.5) : null);
    }

    /// <summary>Every batch once, as each may take another way; at least as many calls as for a subnet.</summary>
    private RoutedTiming TimeRouted(SlimmableModel routed, double? targetCost, List<InputArray> batches, CancellationToken cancellation)
    {
        var calls = Math.Max(runs, batches.Count);
        var timings = new Timings(calls);
        var madds = 0L;
        for (var run = -WarmUps; run < calls; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var input = batches[Math.Max(0, run) % batches.Count];
            var spent = 0L;
            timings.Add(run, Time(() => spent = routed.Route(input.Input, logits)));
            madds += run < 0 ? 0 : spent;
        }

        return new(targetCost, timings.Mean, timings.Quantile(0.5), timings.Quantile(0.95), (double)madds / calls / batch);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    /// <summary>Times of the runs that count; those with a negative number are warm-ups.</summary>
    private sealed class Timings(int capacity)
    {
        private readonly List<double> values = new(capacity);

        public double Mean => values.Average();

        public void Add(int run, double microseconds)
        {
            if (run >= 0)
            {
                values.Add(microseconds);
            }
        }

        /// <summary>The nearest-rank quantile.</summary>
        public double Quantile(double part) => values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(part * values.Count) - 1, 0, values.Count - 1));
    }
}
