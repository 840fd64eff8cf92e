using TorchSharp;

namespace Slimmable.Training.Tests.Networks;

/// <summary>The interpreter against the numbers of the DS-Net authors' own model class.</summary>
public class AuthorsNetworkTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Files => AuthorsNetwork.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_width_and_the_gate_answer_as_the_authors_network_does(string file)
    {
        using var supernet = AuthorsNetwork.Load(file);
        using var golden = AuthorsNetwork.Open("golden");
        var samples = GoldenRecorder.Record(supernet, golden.Singles("input"), count: 4);

        foreach (var (ours, theirs) in new[] { ("uniform-0", "0"), ("uniform-1", "1"), ("uniform-2", "2"), ("uniform-3", "3"), ("largest", "largest") })
        {
            Assert.InRange(Difference(golden.Singles($"logits.{theirs}"), samples.Logits[ours]), 0, Tolerance);
        }

        Assert.InRange(Difference(golden.Singles("gate_logits"), samples.GateLogits!), 0, Tolerance);
    }

    [Fact]
    public void Trunk_and_tail_together_answer_as_the_whole_subnet()
    {
        using var supernet = AuthorsNetwork.Load();
        using var golden = AuthorsNetwork.Open("golden");
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        long[] shape = [4, 3, 64, 64];
        var images = torch.tensor(golden.Singles("input"), shape);

        var (features, _) = supernet.Trunk(images, ForwardMode.Inference);

        foreach (var subnet in supernet.Graph.Routable)
        {
            var tail = supernet.Tail(features, subnet, ForwardMode.Inference).data<float>().ToArray();
            Assert.Equal(supernet.Logits(images, subnet, ForwardMode.Inference).data<float>().ToArray(), tail);
        }
    }

    private static double Difference(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        return expected.Zip(found, (left, right) => Math.Abs(left - right)).Max();
    }
}
