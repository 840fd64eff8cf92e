using System.Diagnostics;

namespace Slimmable.Models.Tests;

public sealed class ManifestHashTests : IDisposable
{
    private readonly TempFolder folder = new();

    public ManifestHashTests()
    {
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);
        ManifestHash.Write(folder.Path);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_manifest_that_nobody_touched_passes() => ManifestHash.Check(folder.Path);

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("manifest.sha256")]
    public void One_changed_byte_anywhere_in_either_file_is_found(string name)
    {
        var whole = File.ReadAllBytes(folder.File(name));
        for (var index = 0; index < whole.Length; index++)
        {
            var changed = whole.ToArray();
            changed[index] ^= 1;
            folder.Write(name, changed);

            var fault = Assert.Throws<InvalidFileException>(() => ManifestHash.Check(folder.Path));

            Assert.Equal(folder.File("manifest.sha256"), fault.Path);
            Assert.Contains("manifest.json", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("manifest.sha256")]
    public void Neither_file_may_be_missing_or_longer(string name)
    {
        File.AppendAllText(folder.File(name), "\n");
        Assert.Throws<InvalidFileException>(() => ManifestHash.Check(folder.Path));

        File.Delete(folder.File(name));
        Assert.Equal(folder.File(name), Assert.Throws<InvalidFileException>(() => ManifestHash.Check(folder.Path)).Path);
    }

    [Fact]
    public void The_usual_tool_reads_it()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var tool = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--strict", "--status", "manifest.sha256"]) { WorkingDirectory = folder.Path })!;
        tool.WaitForExit();

        Assert.Equal(0, tool.ExitCode);
    }
}
