using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

public sealed class BundleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IReadOnlyList<string> files;

    public BundleTests()
    {
        SampleNetwork.Export(BundleFolder);
        files = [.. ManifestFile.Read(BundleFolder).Files.Select(file => file.Name)];
        Assert.Equal(9, files.Count);
    }

    private string BundleFolder => folder.File("bundle");

    [Fact]
    public void A_whole_bundle_opens()
    {
        var bundle = Bundle.Open(BundleFolder);

        Assert.Equal(BundleFolder, bundle.Folder);
        Assert.Equal("ds-mbnet-mini", bundle.Manifest.Model);
    }

    [Fact]
    public void A_changed_byte_in_any_file_is_found_by_its_hash_and_the_file_is_named() => Assert.All(files, file =>
    {
        var path = PathOf(file);
        var bytes = File.ReadAllBytes(path);
        Flip(path, bytes, bytes.Length / 2);

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));
        Assert.Equal(path, fault.Path);
        Assert.Matches("^expected sha-256 [0-9a-f]{64}, found [0-9a-f]{64}$", fault.Reason);
        Assert.NotNull(Bundle.Open(BundleFolder, verifyHashes: false));

        Flip(path, bytes, bytes.Length / 2);
    });

    [Fact]
    public void A_byte_more_or_less_is_found_without_hashing() => Assert.All(files, file =>
    {
        var path = PathOf(file);
        var bytes = File.ReadAllBytes(path);
        foreach (var found in new byte[][] { [.. bytes, 0], bytes[..^1], [] })
        {
            File.WriteAllBytes(path, found);

            var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder, verifyHashes: false));
            Assert.Equal($"{path}: expected {bytes.Length} bytes, found {found.Length}", fault.Message);
        }

        File.WriteAllBytes(path, bytes);
    });

    [Fact]
    public void A_missing_file_is_named() => Assert.All(files, file =>
    {
        File.Move(PathOf(file), folder.File(file));

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));
        Assert.Equal($"{PathOf(file)}: expected a file, found none", fault.Message);

        File.Move(folder.File(file), PathOf(file));
    });

    [Fact]
    public void A_folder_is_no_file()
    {
        File.Delete(PathOf(files[0]));
        Directory.CreateDirectory(PathOf(files[0]));

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));

        Assert.Equal($"{PathOf(files[0])}: expected a file, found a folder", fault.Message);
    }

    [Fact]
    public void A_missing_bundle_is_named()
    {
        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(folder.File("nothing")));

        Assert.Equal(Path.Combine(folder.File("nothing"), "manifest.json"), fault.Path);
    }

    [Theory]
    [InlineData("../gate.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/gate.onnx")]
    [InlineData("..")]
    [InlineData("C:gate.onnx")]
    [InlineData(@"..\gate.onnx")]
    public void A_manifest_cannot_name_a_path(string path)
    {
        var manifest = PathOf("manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"gate.onnx\"", $"\"{path.Replace(@"\", @"\\", StringComparison.Ordinal)}\"", StringComparison.Ordinal));

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));

        Assert.Equal(manifest, fault.Path);
        Assert.Contains($"'{path}' is not the name of a file in the bundle's folder", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_may_not_leave_the_folder_though_it_leads_to_the_right_bytes()
    {
        File.Move(PathOf("gate.onnx"), folder.File("gate.onnx"));
        File.CreateSymbolicLink(PathOf("gate.onnx"), Path.Combine("..", "gate.onnx"));

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));

        Assert.Equal(PathOf("gate.onnx"), fault.Path);
        Assert.StartsWith($"expected a file inside {BundleFolder}, found a link to ", fault.Reason);
    }

    [Fact]
    public void A_link_through_a_linked_folder_may_not_leave_either()
    {
        File.Move(PathOf("gate.onnx"), folder.File("gate.onnx"));
        Directory.CreateSymbolicLink(PathOf("data"), folder.Path);
        File.CreateSymbolicLink(PathOf("gate.onnx"), Path.Combine("data", "gate.onnx"));

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));

        Assert.Equal(PathOf("gate.onnx"), fault.Path);
    }

    [Fact]
    public void Links_in_circles_are_an_error_and_no_endless_loop()
    {
        File.Delete(PathOf("gate.onnx"));
        File.CreateSymbolicLink(PathOf("gate.onnx"), "other.onnx");
        File.CreateSymbolicLink(PathOf("other.onnx"), "gate.onnx");

        var fault = Assert.Throws<InvalidFileException>(() => Bundle.Open(BundleFolder));

        Assert.Equal(PathOf("gate.onnx"), fault.Path);
    }

    /// <summary>A mounted volume of Kubernetes: files are links into a linked folder of theirs, and the whole is often behind a link too.</summary>
    [Fact]
    public void Links_that_stay_inside_are_as_good_as_files()
    {
        var version = Directory.CreateDirectory(PathOf("..2026_01_01"));
        foreach (var file in files.Append("manifest.json"))
        {
            File.Move(PathOf(file), Path.Combine(version.FullName, file));
            File.CreateSymbolicLink(PathOf(file), Path.Combine("..data", file));
        }

        Directory.CreateSymbolicLink(PathOf("..data"), version.Name);
        Directory.CreateSymbolicLink(folder.File("mounted"), BundleFolder);

        using var model = SlimmableModel.Load(folder.File("mounted"));

        Assert.Single(model.Route(SampleNetwork.InputRow(0)).Subnets);
    }

    [Fact]
    public void Opening_can_be_given_up() =>
        Assert.Throws<OperationCanceledException>(() => Bundle.Open(BundleFolder, cancellation: new CancellationToken(canceled: true)));

    public void Dispose() => folder.Dispose();

    private static void Flip(string path, byte[] bytes, int index)
    {
        bytes[index] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private string PathOf(string file) => Path.Combine(BundleFolder, file);
}
