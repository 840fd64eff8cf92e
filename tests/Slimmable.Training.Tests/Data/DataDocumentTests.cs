using System.Diagnostics;
using System.Globalization;

namespace Slimmable.Training.Tests.Data;

/// <summary>docs/data.md says what is so.</summary>
public class DataDocumentTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "data.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Names => [.. DataSets.Names];

    [Fact]
    public void Its_lines_of_Python_write_a_file_that_is_read()
    {
        using var folder = new TempFolder();
        var lines = Document.Split("```python\n")[1].Split("```")[0];
        var program = $"import numpy\nlabels, images = numpy.array([1, 0]), numpy.arange(24).reshape(2, 2, 2, 3).transpose(0, 3, 1, 2)\n{lines}";
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", program]) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"this test needs numpy (apt-get install python3-numpy): {error}");

        var file = ImageFile.Read(folder.File("shoes.safetensors"));

        Assert.Equal((3, 2, 2), (file.Images.Channels, file.Images.Height, file.Images.Width));
        Assert.Equal([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11], file.Images.Image(0).ToArray());
        Assert.Equal([1, 0], file.Images.Labels);
        Assert.Equal(["boot", "sandal"], file.Labels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_set_is_listed_with_its_mean_and_deviation(string name)
    {
        static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)));
        var preprocessing = DataSets.Find(name).Preprocessing;

        Assert.Contains($"\n| `{name}` | {Numbers(preprocessing.Mean)} | {Numbers(preprocessing.Std)} |\n", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_operation_of_RandAugment_is_listed() =>
        Assert.All(ImageOperations.All, operation => Assert.Contains($"`{operation.Name}`", Document, StringComparison.Ordinal));
}
