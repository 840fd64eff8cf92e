using System.CommandLine;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary><c>slimmable data get NAME</c>: makes sure that a data set's files are there.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = $"the data set: {string.Join(", ", DataSets.Names)}" };
        var output = new Option<string?>("--out") { Description = $"the folder to download to; default: {FashionMnist.DownloadFolder}" };
        var source = new Option<Uri>("--from") { Description = "the address the files lie under", DefaultValueFactory = _ => FashionMnist.Source };
        var get = new Command("get", "Download a data set, where it is not there yet; every file's hash is checked.\n\nExample: slimmable data get fashion-mnist")
        {
            name,
            output,
            source,
        };
        get.SetAction((parsed, cancellation) =>
            GetAsync(parsed.GetRequiredValue(name), parsed.GetValue(output), parsed.GetRequiredValue(source), cancellation));
        return new Command("data", "Data sets.") { get };
    }

    private static async Task GetAsync(string name, string? folder, Uri source, CancellationToken cancellation)
    {
        if (name != FashionMnist.Name)
        {
            throw new SlimmableException($"data set '{name}': expected one of {string.Join(", ", DataSets.Names)}");
        }

        if (FashionMnist.Find(folder) is { } found)
        {
            Console.Out.WriteLine($"{name}: in {found}");
            return;
        }

        var target = folder ?? FashionMnist.DownloadFolder;
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        await new Downloader(client)
            .GetAsync(source, FashionMnist.Files, target, new Progress<string>(file => Console.Error.WriteLine($"downloading {file}")), cancellation)
            .ConfigureAwait(false);
        Console.Out.WriteLine($"{name}: in {target}");
    }
}
