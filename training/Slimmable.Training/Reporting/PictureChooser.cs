using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Chooses the test images that a report shows.</summary>
/// <param name="graph">The network's.</param>
/// <param name="answers">What it answered.</param>
/// <param name="labels">The right class of each image.</param>
/// <param name="classNames">The classes' names.</param>
internal sealed class PictureChooser(SupernetGraph graph, TestAnswers answers, IReadOnlyList<int> labels, IReadOnlyList<string> classNames)
{
    private const int PicturesInStrip = 12;
    private const int MostWidths = 16;
    private const int LongestName = 60;

    private readonly Dictionary<int, int> places = [];

    /// <summary>The images of all strips so far, each once, in the order of <see cref="Picture.Index"/>.</summary>
    public IReadOnlyList<int> Images => [.. places.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>The easiest and the hardest for every width, and where there is a gate those that it leans furthest to either end.</summary>
    public IReadOnlyList<PictureStrip> Strips() => [.. Evenly.Take(graph.Routable, MostWidths).SelectMany(OfWidth), .. OfGate()];

    private IEnumerable<PictureStrip> OfWidth(Subnet subnet)
    {
        var given = answers.Widths[subnet.Name];
        Picture Show(int image) => new(
            PlaceOf(image), image, Name(labels[image]), Name(given[image].Class), given[image].Probability, given[image].Class == labels[image]);
        yield return new(StripKind.Easiest, subnet.Name, Foremost(image => -given[image].LogOfRight, Show));
        yield return new(StripKind.Hardest, subnet.Name, Foremost(image => given[image].LogOfRight, Show));
    }

    private IEnumerable<PictureStrip> OfGate()
    {
        if (answers.Gate is not { } given)
        {
            yield break;
        }

        var candidates = graph.Gate!.Candidates;
        Picture Show(int image) => new(
            PlaceOf(image), image, Name(labels[image]), candidates[Array.IndexOf(given[image], given[image].Max())], null, null);
        foreach (var end in new[] { 0, candidates.Count - 1 }.Distinct())
        {
            var other = candidates.Count - 1 - end;
            yield return new(StripKind.Routed, candidates[end], Foremost(image => given[image][other] - given[image][end], Show));
        }
    }

    private List<Picture> Foremost(Func<int, double> key, Func<int, Picture> show) =>
        [.. Enumerable.Range(0, labels.Count).OrderBy(key).Take(PicturesInStrip).Select(show)];

    private int PlaceOf(int image)
    {
        places.TryAdd(image, places.Count);
        return places[image];
    }

    private string Name(int label) => classNames[label] is { Length: > LongestName } name ? $"{name[..LongestName]}…" : classNames[label];
}
