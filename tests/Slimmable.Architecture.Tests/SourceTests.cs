using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Slimmable.Architecture.Tests;

/// <summary>Rules that every file of the tree keeps.</summary>
public partial class SourceTests
{
    private const string Versions = "Directory.Packages.props";
    private const int LongestFile = 300;

    [Fact]
    public void No_source_file_is_too_long_to_be_read_at_once()
    {
        var tooLong = Repository.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))
            .Where(file => File.ReadLines(Path.Combine(Repository.Root, file)).Skip(LongestFile).Any());

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Every_package_version_is_one_exact_version_in_one_file()
    {
        var versions = Repository.ReadXml(Versions).Descendants()
            .Select(element => element.Name == "PackageVersion" ? element.Attribute("Version")?.Value : element.Name.LocalName.EndsWith("Version", StringComparison.Ordinal) ? element.Value : null)
            .OfType<string>()
            .ToList();
        var elsewhere = Repository.Files
            .Where(file => Path.GetExtension(file) is ".csproj" or ".props" or ".targets" && file != Versions)
            .SelectMany(file => Repository.ReadXml(file).Descendants().Where(NamesAVersion).Select(element => $"{file}: {element}"));

        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Matches(ExactVersion(), version));
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void No_file_tells_of_the_machine_or_the_feed_it_was_made_with()
    {
        var telling = Repository.Files
            .Where(IsText)
            .SelectMany(file => Repository.Read(file).Split('\n').Where(line => MachineOrFeed().IsMatch(line)).Select(line => $"{file}: {line.Trim()}"));

        Assert.Empty(telling);
    }

    [Theory]
    [InlineData("cd /ho" + "me/me/slimmable")]
    [InlineData("\"/Us" + "ers/me\"")]
    [InlineData("C:\\Us" + "ers\\me")]
    [InlineData("\"resolved\": \"https://registry.npmjs" + ".org/a.tgz\"")]
    [InlineData("<add key=\"nuget.org\" value=\"https://api.nuget" + ".org/v3/index.json\" />")]
    public void What_tells_of_a_machine_or_a_feed_is_recognized(string line) => Assert.Matches(MachineOrFeed(), line);

    private static bool IsText(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Repository.Root, file));
        Span<byte> start = stackalloc byte[4096];
        return !start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].Contains((byte)0);
    }

    private static bool NamesAVersion(XElement element) =>
        element.Name.LocalName is "PackageReference" or "PackageVersion" or "GlobalPackageReference" or "PackageDownload"
        && (element.Attribute("Version") ?? element.Attribute("VersionOverride")) is not null;

    [GeneratedRegex(@"^\[?(\d+(\.\d+)+(-[\w.]+)?|\$\(\w+Version\))\]?$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"(?<![\w.~])/(?:home|root|Users|work|tmp|private)/|\b[A-Z]:\\{1,2}Users|(?:registry\.npmjs|registry\.yarnpkg|api\.nuget|pypi|pythonhosted|deb\.debian|packages\.microsoft)\.(?:org|com)")]
    private static partial Regex MachineOrFeed();
}
