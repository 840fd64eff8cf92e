using System.Text;

namespace Slimmable.Models.Tests;

public sealed class ManifestFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<bool> Manifests => [true, false];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Manifests))]
    public void What_is_written_is_read(bool everything)
    {
        var manifest = everything ? TinyManifest.SharedTrunk : TinyManifest.Standalone;

        ManifestFile.Write(folder.Path, manifest);

        Assert.Equivalent(manifest, ManifestFile.Read(folder.Path), strict: true);
        Assert.Equal(["manifest.json"], folder.Names);
    }

    [Fact]
    public void The_same_manifest_gives_the_same_bytes_for_people_to_read()
    {
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);
        var first = File.ReadAllText(folder.File("manifest.json"));
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);

        Assert.Equal(first, File.ReadAllText(folder.File("manifest.json")));
        Assert.StartsWith("{\n  \"formatVersion\": 1,\n  \"tool\": \"slimmable 0.1.0\",\n", first, StringComparison.Ordinal);
        Assert.EndsWith("\n}\n", first, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', first);
    }

    [Theory]
    [InlineData(ImageLayout.Nchw, 1, 4, 6)]
    [InlineData(ImageLayout.Nhwc, 4, 6, 1)]
    public void A_bundle_of_raw_pixels_in_16_bits_is_read_as_it_is_written(ImageLayout layout, params int[] shape)
    {
        var manifest = TinyManifest.SharedTrunk with { Input = new("input", shape, NumberType.U8, layout), Precision = GraphPrecision.Half };

        ManifestFile.Write(folder.Path, manifest);

        var read = ManifestFile.Read(folder.Path);
        Assert.Equivalent(manifest, read, strict: true);
        Assert.Equal((1, 4, 6), read.Input.Image);
    }

    [Fact]
    public void A_manifest_that_says_nothing_of_types_and_precision_means_32_bit_floats()
    {
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);
        var text = File.ReadAllText(folder.File("manifest.json"));
        foreach (var (said, left) in new[] { (",\n    \"type\": \"float32\",\n    \"layout\": \"nchw\"", ""), (",\n  \"precision\": \"float32\"", "") })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
            text = text.Replace(said, left, StringComparison.Ordinal);
        }

        folder.Write("manifest.json", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equivalent(TinyManifest.SharedTrunk, ManifestFile.Read(folder.Path), strict: true);
    }

    [Fact]
    public void The_names_of_all_files_are_found()
    {
        Assert.Equal(
            ["subnet-narrow.onnx", "full-narrow.onnx", "subnet-wide.onnx", "gate.onnx", "golden.safetensors"], TinyManifest.SharedTrunk.References);
        Assert.Equal(["full-only.onnx"], TinyManifest.Standalone.References);
    }

    [Fact]
    public void The_files_are_named_by_the_format() => Assert.Equal(
        ("subnet-wide.onnx", "full-wide.onnx", "logits.wide"),
        (BundleFormat.TailFile("wide"), BundleFormat.FullFile("wide"), BundleFormat.GoldenLogits("wide")));

    [Theory]
    [InlineData("""{"formatVersion":2,"novelty":{}}""", "2")]
    [InlineData("""{"formatVersion":"1"}""", "\"1\"")]
    [InlineData("""{"formatVersion":1.0}""", "1.0")]
    [InlineData("""{"formatVersion":null}""", "null")]
    [InlineData("{}", "none")]
    [InlineData("[1]", "none")]
    [InlineData("null", "none")]
    public void Another_version_is_refused_by_its_number_before_anything_else(string json, string found) =>
        AssertRefused(json, $"expected formatVersion 1, found {found}");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"formatVersion":1} x""")]
    [InlineData("""{"formatVersion":1,}""")]
    [InlineData("""{"formatVersion":1 /* note */}""")]
    [InlineData("""{"\ud800":1,"formatVersion":1}""")]
    [InlineData("""{"formatVersion":1,"\ud800":1}""")]
    [InlineData("""{"formatVersion":"\ud800"}""")]
    public void What_is_not_JSON_is_refused(string json) => Assert.NotEmpty(Refuse(json).Reason);

    [Theory]
    [InlineData("\"tool\"", "\"colour\": 1, \"tool\"", "'colour' could not be mapped")]
    [InlineData("\"tool\"", "\"tool\": \"a\", \"tool\"", "Duplicate property 'tool'")]
    [InlineData("\"tool\": \"slimmable 0.1.0\",", "", "missing required properties including: 'tool'")]
    [InlineData("\"dataSet\": \"tiny-mnist\",", "", "missing required properties including: 'dataSet'")]
    [InlineData("\"tool\": \"slimmable 0.1.0\"", "\"tool\": null", "doesn't allow null values")]
    [InlineData("\"opset\": 17", "\"opset\": \"17\"", "Path: $.opset")]
    [InlineData("\"opset\": 17", "\"opset\": 1e1", "Path: $.opset")]
    [InlineData("\"shared-trunk\"", "\"shared\"", "Path: $.layout")]
    [InlineData("\"shared-trunk\"", "0", "Path: $.layout")]
    [InlineData("\"argmax\"", "7", "Path: $.gate.policy")]
    [InlineData("\"madds\": 732", "\"mAdds\": 732", "'mAdds' could not be mapped")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 1, \"formatVersion\": 1", "Duplicate property 'formatVersion'")]
    public void A_manifest_of_another_form_is_refused_with_the_place(string good, string bad, string reason)
    {
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);
        var json = File.ReadAllText(folder.File("manifest.json"));
        Assert.Contains(good, json, StringComparison.Ordinal);

        var fault = Refuse(json.Replace(good, bad, StringComparison.Ordinal));

        Assert.StartsWith("expected a manifest, found: ", fault.Reason, StringComparison.Ordinal);
        Assert.True(fault.Reason.Contains(reason, StringComparison.Ordinal), fault.Reason);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        folder.Write("manifest.json", [.. "{\"formatVersion\":\""u8, 0xFF, .. "\"}"u8]);
        Assert.Throws<InvalidFileException>(() => ManifestFile.Read(folder.Path));

        folder.Write("manifest.json", [.. "{\"formatVersion\":1,\""u8, 0xFF, .. "\":1}"u8]);
        Assert.Throws<InvalidFileException>(() => ManifestFile.Read(folder.Path));
    }

    [Fact]
    public void Nulls_in_lists_are_refused()
    {
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);
        var json = File.ReadAllText(folder.File("manifest.json"));

        AssertRefused(json.Replace("\"files\": [", "\"files\": [null,", StringComparison.Ordinal), "files: found null in the list");
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        ManifestFile.Write(folder.Path, TinyManifest.SharedTrunk);
        var json = File.ReadAllText(folder.File("manifest.json"));

        File.WriteAllText(folder.File("manifest.json"), json, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("tiny", ManifestFile.Read(folder.Path).Model);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.StartsWith("expected a manifest, found: ", Refuse(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        using (var file = File.Create(folder.File("manifest.json")))
        {
            file.SetLength((4 << 20) + 1);
        }

        Assert.Throws<InvalidFileException>(() => ManifestFile.Read(folder.Path));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<InvalidFileException>(() => ManifestFile.Read(folder.Path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
        Assert.Equal("expected at most 4194304 bytes, found 4194305", fault.Reason);
    }

    [Fact]
    public void A_folder_without_a_manifest_is_named()
    {
        AssertUnreadable(folder.Path, "expected a file, found none");
        AssertUnreadable(folder.File("nowhere"), "expected a file, found none");

        Directory.CreateDirectory(folder.File("manifest.json"));
        AssertUnreadable(folder.Path, "expected a file, found a folder");
    }

    private static void AssertUnreadable(string bundle, string reason)
    {
        var fault = Assert.Throws<InvalidFileException>(() => ManifestFile.Read(bundle));

        Assert.Equal($"{Path.Combine(bundle, "manifest.json")}: {reason}", fault.Message);
    }

    private void AssertRefused(string json, string reason) => Assert.Equal(reason, Refuse(json).Reason);

    private InvalidFileException Refuse(string json)
    {
        var path = folder.Write("manifest.json", Encoding.UTF8.GetBytes(json));
        var fault = Assert.Throws<InvalidFileException>(() => ManifestFile.Read(folder.Path));
        Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        return fault;
    }
}
