using System.Globalization;
using System.Text.Json;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;

namespace Slimmable.EndToEnd.Tests;

/// <summary>
/// The DS-Net authors' own network from their files through import, export and ONNX Runtime, against what their code answers (see
/// tests/golden/README.md). That the trainer answers the same is tested with the trainer.
/// </summary>
public sealed class ImportedNetworkTests : IDisposable
{
    /// <summary>The largest absolute difference of a logit; the logits go up to 3. Measured: 1.0e-5.</summary>
    private const double Tolerance = 5e-5;

    private const int Images = 4;

    private readonly TemporaryFolder folder = new();
    private readonly SafetensorsFile golden = SafetensorsFile.Open(PathOf("golden.safetensors"));

    public static TheoryData<string> Files => ["weights.safetensors", "checkpoint.pth.tar"];

    private string Bundle => folder.File("bundle");

    public void Dispose()
    {
        golden.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_width_and_the_gate_answer_as_the_authors_network_does(string file)
    {
        BundleExporter.Export(Import(file), Bundle, new ExportOptions { Full = true });
        using var model = SlimmableModel.Load(Bundle, new ModelOptions { Threads = 2 });
        var input = golden.Singles("input");

        Assert.Equal(4, model.Subnets.Count);
        for (var width = 0; width < model.Subnets.Count; width++)
        {
            Close(golden.Singles($"logits.{width}"), model.Route(input, $"uniform-{width}").Logits);
            Close(golden.Singles($"logits.{width}"), model.RunStandalone(input, $"uniform-{width}").Logits);
        }

        var routed = model.Route(input);
        var scores = golden.Singles("gate_logits");
        Close(scores, routed.GateLogits);
        Assert.Equal(scores.Chunk(scores.Length / Images).Select(row => Array.IndexOf(row, row.Max())), routed.Subnets);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_teacher_answers_as_the_authors_largest_network_does(string file)
    {
        BundleExporter.Export(TeacherAlone.In(Import(file)), Bundle, new ExportOptions());
        using var model = SlimmableModel.Load(Bundle, new ModelOptions { Threads = 2 });

        Close(golden.Singles("logits.largest"), model.RunStandalone(golden.Singles("input"), "largest").Logits);
        Assert.Equal(double.Parse(golden.Metadata["madds_largest"], CultureInfo.InvariantCulture), model.Subnets.Single().MAdds);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_bundle_tells_the_costs_that_the_authors_code_counts(string file)
    {
        var manifest = BundleExporter.Export(Import(file), Bundle, new ExportOptions());

        Assert.Equal(JsonSerializer.Deserialize<double[]>(golden.Metadata["madds"])!, manifest.Subnets.Select(subnet => (double)subnet.MAdds));
    }

    private static Checkpoint Import(string file) => DsNetImporter.Import(PathOf(file), new DsNetImportOptions { Channels = 3, Height = 64, Width = 64 });

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "golden", "ds-net-mini", file);

    private static void Close(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Tolerance));
    }
}
