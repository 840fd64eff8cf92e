using Slimmable.Runtime;

namespace Slimmable.Consumers;

/// <summary>A bundle of any shape, with our SDK: it routes, and checks the files first.</summary>
public static class WithSdk
{
    /// <summary>Classifies images.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="images"><c>[N, C, H, W]</c>, preprocessed.</param>
    /// <returns>For each image its class, and the subnet that answered.</returns>
    public static List<(string Label, string Subnet)> Classify(string bundle, float[] images)
    {
        using var model = SlimmableModel.Load(bundle);
        var result = model.Route(images);
        var answers = new List<(string, string)>();
        for (var image = 0; image < result.Count; image++)
        {
            var logits = result.LogitsOf(image).ToArray();
            answers.Add((model.Manifest.Labels![logits.IndexOf(logits.Max())], model.Subnets[result.Subnets[image]].Name));
        }

        return answers;
    }
}
