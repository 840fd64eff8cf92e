using System.CommandLine;
using System.CommandLine.Parsing;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary><c>slimmable data get NAME</c>: makes sure that a data set's files are there; <c>data pack</c>: writes one as a safetensors file.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var name = Name();
        var output = new Option<string?>("--out") { Description = $"the folder to download to; default: {IdxDataSets.FashionMnist.DownloadFolder}, or the like" };
        var source = new Option<Uri?>("--from")
        {
            Description = "the address that the files lie under; default: where their authors, or a well-known mirror, serve them",
            CustomParser = Address,
        };
        const string Example = "slimmable data get fashion-mnist";
        var get = new Verb("get", "Download a data set, where it is not there yet; every file's hash is checked.", Example) { name, output, source };
        get.DoesAsync((parsed, cancellation) => GetAsync(parsed.GetRequiredValue(name), parsed.GetValue(output), parsed.GetValue(source), cancellation));
        return new Verb("data", "Get data sets, and pack them into one file.", Example) { get, CreatePack() };
    }

    private static Verb CreatePack()
    {
        const string Train = "train";
        const string Test = "test";
        var name = Name();
        var output = CommonOptions.Output("the file to write (.safetensors)");
        var images = CommonOptions.Number("--images", "images, from the first on", int.MaxValue, 1, int.MaxValue);
        var split = new Option<string>("--split") { Description = "which images", DefaultValueFactory = _ => Train }.AcceptOnlyFromAmong(Train, Test);
        var data = CommonOptions.Data();
        var pack = new Verb(
            "pack",
            "Write images of a data set into one safetensors file, in the form that recipes and 'evaluate' take.",
            "slimmable data pack fashion-mnist --out clothes.safetensors --images 2000",
            "slimmable data pack fashion-mnist --out clothes-test.safetensors --split test")
        {
            name,
            output,
            images,
            split,
            data,
        };
        pack.Does((parsed, _) =>
        {
            var (set, path) = (DataSets.Load(parsed.GetRequiredValue(name), parsed.GetValue(data)), parsed.GetRequiredValue(output));
            var packed = (parsed.GetValue(split) == Test ? set.Test : set.Train).Take(parsed.GetValue(images));
            ImageFile.Write(path, packed, set.Labels, set.Preprocessing);
            Console.Out.WriteLine($"{path}: {packed.Count} images of {set.Name}, {set.Labels.Count} classes");
        });
        return pack;
    }

    private static Argument<string> Name() => new("name") { Description = $"the data set: {string.Join(", ", DataSets.Names)}" };

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
