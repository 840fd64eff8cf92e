using Slimmable.Consumers;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>C#, with the SDK and with nothing but ONNX Runtime.</summary>
[Collection(ReleasedBundles.Collection)]
public sealed class CSharpTests(ReleasedBundles bundles)
{
    [Theory]
    [MemberData(nameof(ReleasedBundles.Shapes), MemberType = typeof(ReleasedBundles))]
    public void With_the_SDK_the_trainers_answers_come_out(string shape) =>
        Assert.Equal(bundles.Expected, WithSdk.Classify(bundles.BundleOf(shape), bundles.Checkpoint.Golden!.Input));

    [Fact]
    public void Without_the_SDK_one_session_gives_the_trainers_answers()
    {
        var input = bundles.Checkpoint.Graph.Input;

        Assert.Equal(bundles.Expected, WithoutSdk.Classify(bundles.BundleOf("routed"), bundles.Checkpoint.Golden!.Input, [bundles.Expected.Count, 1, input.Height, input.Width]));
    }
}
