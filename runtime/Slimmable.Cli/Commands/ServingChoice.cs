using System.CommandLine;
using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>The options of <c>export</c> by which it writes what a server loads, and no bundle.</summary>
internal sealed class ServingChoice
{
    private const string Triton = "triton";
    private const string Kserve = "kserve";

    public ServingChoice() => For.AcceptOnlyFromAmong(Triton, Kserve);

    public Option<string?> For { get; } = new("--for")
    {
        Description = "write no bundle but a server's model repository: of routed.onnx, or of the one subnet that --subnets names",
    };

    public Option<string?> StorageUri { get; } = new("--storage-uri")
    {
        Description = "for kserve: where the cluster will find the folder, e.g. s3://bucket/folder",
    };

    /// <summary>What the user chose; null where it is a bundle.</summary>
    /// <exception cref="InvalidOptionsException">The options do not go together.</exception>
    public ServingOptions? Of(ParseResult parsed, IReadOnlyList<string>? subnets)
    {
        var (server, uri) = (parsed.GetValue(For), parsed.GetValue(StorageUri));
        if (server is null)
        {
            return uri is null ? null : throw new InvalidOptionsException("--storage-uri", [$"expected with --for {Kserve}, found without"]);
        }

        if (subnets is { Count: > 1 })
        {
            throw new InvalidOptionsException("--subnets", [$"expected one name or none with --for, found {string.Join(", ", subnets)}"]);
        }

        return new ServingOptions
        {
            Target = server == Kserve ? ServingTarget.Kserve : ServingTarget.Triton,
            Subnet = subnets is [var name] ? name : null,
            StorageUri = uri,
        };
    }
}
