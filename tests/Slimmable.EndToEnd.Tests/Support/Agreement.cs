using Slimmable.Runtime;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Requires that ONNX Runtime answers as the trainer does, whichever way an input takes.</summary>
internal static class Agreement
{
    /// <summary>The largest absolute difference of a logit.</summary>
    private const float Tolerance = 1e-4f;

    /// <summary>Every subnet of the bundle, through the trunk and alone.</summary>
    public static void AtEveryWidth(TrainerAnswers trainer, SlimmableModel model) => Assert.All(model.Subnets, subnet =>
    {
        var forced = model.Route(trainer.Input, subnet.Name);
        Assert.All(forced.Subnets, index => Assert.Equal(subnet.Name, model.Subnets[index].Name));
        Close(trainer.Logits[subnet.Name], forced.Logits);
        Close(trainer.Logits[subnet.Name], model.RunStandalone(trainer.Input, subnet.Name).Logits);
    });

    /// <summary>The gate's scores, the subnet that follows from them for each row, and that subnet's answer.</summary>
    public static RoutingResult Routed(TrainerAnswers trainer, SlimmableModel model)
    {
        var routed = model.Route(trainer.Input);
        Assert.Equal(trainer.Count, routed.Count);
        Close(trainer.GateLogits, routed.GateLogits);
        for (var row = 0; row < trainer.Count; row++)
        {
            var subnet = trainer.Choice(row);
            Assert.Equal(subnet, model.Subnets[routed.Subnets[row]].Name);
            Close(trainer.LogitsOf(subnet, row), routed.LogitsOf(row));
        }

        return routed;
    }

    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var index = 0; index < expected.Length; index++)
        {
            Assert.InRange(found[index], expected[index] - Tolerance, expected[index] + Tolerance);
        }
    }
}
