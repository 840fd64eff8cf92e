using System.CommandLine;
using System.CommandLine.Parsing;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary><c>slimmable data get NAME</c>: makes sure that a data set's files are there.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = $"the data set: {string.Join(", ", DataSets.Names)}" };
        var output = new Option<string?>("--out") { Description = $"the folder to download to; default: {IdxDataSets.FashionMnist.DownloadFolder}, or the like" };
        var source = new Option<Uri?>("--from")
        {
            Description = "the address that the files lie under; default: where their authors, or a well-known mirror, serve them",
            CustomParser = Address,
        };
        const string Example = "slimmable data get fashion-mnist";
        var get = new Verb("get", "Download a data set, where it is not there yet; every file's hash is checked.", Example) { name, output, source };
        get.DoesAsync((parsed, cancellation) => GetAsync(parsed.GetRequiredValue(name), parsed.GetValue(output), parsed.GetValue(source), cancellation));
        return new Verb("data", "Get data sets.", Example) { get };
    }

    private static async Task GetAsync(string name, string? folder, Uri? address, CancellationToken cancellation)
    {
        var set = DataSets.Find(name);
        if (set.Find(folder) is { } found)
        {
            Console.Out.WriteLine($"{name}: in {found}");
            return;
        }

        var target = folder ?? set.DownloadFolder;
        if (set.Source is not { } source)
        {
            throw new SlimmableException($"data set {name}: expected {string.Join(", ", set.Files)} in {target}; {set.Advice}");
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        await new Downloader(client)
            .GetAsync(address ?? source.Address, source.Files, target, new Progress<string>(file => Console.Error.WriteLine($"downloading {file}")), cancellation)
            .ConfigureAwait(false);
        Console.Out.WriteLine($"{name}: in {target}");
    }

    /// <summary>An address of a folder: what is appended to it must not replace its last part.</summary>
    private static Uri? Address(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        result.AddError($"--from: expected an http or https address, found '{text}'.");
        return null;
    }
}
