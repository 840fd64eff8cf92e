using Slimmable.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>Stage I: trains the supernet's shared weights. The gate's slimming head is left as it is.</summary>
/// <param name="supernet">What is trained, in place.</param>
/// <param name="average">Its moving average, updated after each step; null for none.</param>
/// <param name="options">The recipe's part.</param>
/// <param name="around">What the stage works with.</param>
internal sealed class StageOneTrainer(Supernet supernet, MovingAverage? average, StageOneOptions options, StageSurroundings around)
{
    /// <summary>The phase's name in progress, metrics and states.</summary>
    public const string Phase = "stage one";

    private readonly SupernetGraph graph = supernet.Graph;

    /// <summary>Trains all epochs that are not done yet.</summary>
    /// <param name="epochDone">Called after each epoch.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="TrainingException">A loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the supernet is as after the last whole step.</exception>
    public void Run(Action epochDone, CancellationToken cancellation)
    {
        TensorSpec[] learnt = [.. StageOneOptimizer.Learnt(graph)];
        Parameter[] parameters = [.. supernet.Parameters(learnt)];
        using var optimizer = StageOneOptimizer.Create(supernet, options);
        var stageStep = new StageOneStep(supernet, average?.Network, options);
        var loop = new TrainingLoop(Phase, options, around);
        void Learn(TrainingStep step)
        {
            torch.manual_seed(around.Seeds.For("dropout", step.Index));
            foreach (var (subnet, loss) in stageStep.Run(step.Batch, around.Seeds.Random("subnets", step.Index)))
            {
                step.Meter.Add(MetricOf(subnet), loop.Finite(loss, $"subnet '{subnet}'", step.Index));
            }

            if (options.ClipNorm is { } largest)
            {
                torch.nn.utils.clip_grad_norm_(parameters, largest);
            }
        }

        var tensors = new StateTensors(supernet, average?.Network, optimizer, learnt);
        loop.Run(optimizer, tensors, Learn, step => average?.Update(step), epochDone, cancellation);
    }

    private string MetricOf(string subnet) => subnet switch
    {
        _ when subnet == graph.Teacher.Name => "widest loss",
        _ when subnet == graph.Routable[0].Name => "narrowest loss",
        _ => "other loss",
    };
}
