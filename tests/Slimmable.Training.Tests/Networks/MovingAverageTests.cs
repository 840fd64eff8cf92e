using TorchSharp;

namespace Slimmable.Training.Tests.Networks;

public class MovingAverageTests
{
    [Fact]
    public void It_starts_as_a_copy_and_follows_by_its_decay()
    {
        using var source = TinyNetwork.Initialized();
        using var average = new MovingAverage(source, decay: 0.05);
        Assert.Equal(source.Weights(), average.Network.Weights());
        var before = average.Network.Weights()["head.classifier.weight"];
        using (var noGradient = torch.no_grad())
        {
            source["head.classifier.weight"].add_(1);
        }

        average.Update(updates: 0);

        var after = average.Network.Weights()["head.classifier.weight"];
        Assert.All(before.Zip(after), pair => Assert.Equal(0.95, pair.Second - pair.First, 1e-5));
    }

    [Fact]
    public void Its_first_updates_weigh_more()
    {
        using var source = TinyNetwork.Initialized();
        using var average = new MovingAverage(source, decay: 0.997);
        var before = average.Network.Weights()["head.classifier.bias"];
        using (var noGradient = torch.no_grad())
        {
            source["head.classifier.bias"].add_(1);
        }

        average.Update(updates: 0);

        var after = average.Network.Weights()["head.classifier.bias"];
        Assert.All(before.Zip(after), pair => Assert.Equal(1 - (1.0 / 10), pair.Second - pair.First, 1e-5));
    }
}
