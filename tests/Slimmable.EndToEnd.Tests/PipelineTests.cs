using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.EndToEnd.Tests;

/// <summary>From images to routed answers through every stage: what is served is what was trained.</summary>
public sealed class PipelineTests(TrainedNetwork network) : IClassFixture<TrainedNetwork>
{
    [Fact]
    public void Training_learns_something_and_writes_it_down()
    {
        var accuracy = network.AsTrained.Info.Accuracy!;

        Assert.Equal(network.Data.Test.Count, accuracy.Images);
        Assert.Equal(network.AsTrained.Graph.Subnets.Select(subnet => subnet.Name), accuracy.Subnets.Select(score => score.Name));
        Assert.InRange(accuracy.Subnets[^1].Top1, 30, 100);
        Assert.Equal(1, accuracy.Routed!.Shares.Values.Sum(), 1e-9);
    }

    [Fact]
    public void The_bundle_is_sound_and_answers_the_golden_samples_as_the_trainer_did()
    {
        Assert.Empty(ModelChecker.CheckBundle(network.Bundle, ManifestFile.Read(network.Bundle)));

        var report = GoldenCheck.Run(network.Model);

        Assert.Equal(64, report.Samples);
        Assert.Equal(7, report.Graphs.Count);
        Assert.Empty(report.Beyond());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(150)] // More than are computed together.
    public void Every_width_answers_as_in_the_trainer_through_the_trunk_and_alone(int count) =>
        Agreement.AtEveryWidth(TrainerAnswers.Of(network.Checkpoint, network.Input(count), count), network.Model);

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    public void Trainer_and_runtime_send_each_input_the_same_way_and_answer_the_same(int count)
    {
        var routed = Agreement.Routed(TrainerAnswers.Of(network.Checkpoint, network.Input(count), count), network.Model);

        Assert.True(count == 1 || routed.Subnets.Distinct().Count() > 1, "the gate sends every image one way: this proves little");
        var head = network.Model.Manifest.Gate!.MAdds;
        Assert.Equal(routed.Subnets.Sum(index => network.Model.Subnets[index].MAdds + head), routed.MAdds);
    }

    [Fact]
    public void An_input_alone_is_answered_as_in_a_batch()
    {
        var trainer = TrainerAnswers.Of(network.Checkpoint, network.Input(20), 20);
        var length = trainer.Input.Length / trainer.Count;

        for (var row = 0; row < trainer.Count; row++)
        {
            var alone = network.Model.Route(trainer.Input.AsSpan(row * length, length));

            Assert.Equal(trainer.Choice(row), network.Model.Subnets[alone.Subnets[0]].Name);
            foreach (var (expected, found) in trainer.LogitsOf(trainer.Choice(row), row).ToArray().Zip(alone.Logits))
            {
                Assert.Equal(expected, found, GoldenReport.DefaultTolerance);
            }
        }
    }

    [Fact]
    public void The_gate_as_trained_is_served_as_trained_too()
    {
        using var folder = new TemporaryFolder();
        BundleExporter.Export(network.AsTrained, folder.File("bundle"), new ExportOptions());
        using var model = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { Threads = 1 });

        var routed = Agreement.Routed(TrainerAnswers.Of(network.AsTrained, network.Input(300), 300), model);

        var shares = network.AsTrained.Info.Accuracy!.Routed!.Shares;
        Assert.All(shares, share => Assert.Equal(share.Value, routed.Subnets.Count(index => model.Subnets[index].Name == share.Key) / 300.0, 1e-9));
    }
}
