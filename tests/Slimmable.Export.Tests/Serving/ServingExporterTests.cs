using System.Text.Json;
using Slimmable.Export.Onnx;
using Slimmable.Export.Tests.Triton;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class ServingExporterTests : IDisposable
{
    private static readonly ServingOptions ForTriton = new() { Target = ServingTarget.Triton };
    private static readonly ServingOptions ForKserve = new() { Target = ServingTarget.Kserve, StorageUri = "s3://bucket/a+folder's+\"%20\"" };

    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint checkpoint = RandomCheckpoint.Of(TinyGraphs.EveryOperator()) with
    {
        Info = new CheckpointInfo
        {
            Labels = ["T-shirt/top", "\"quoted\" \\ back", "über", "d"],
            Preprocessing = new Preprocessing(1 / 255.0, [0.5, 0.25], [0.125, 1]),
        },
    };

    private string Models => folder.File("models");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_repository_is_one_model_with_a_number_as_its_version()
    {
        var served = ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton);

        Assert.Equal(
            ["every-operator", "every-operator/1", "every-operator/1/model.onnx", "every-operator/config.pbtxt", "every-operator/labels.txt"], EntriesOf(Models));
        Assert.Equal(("every-operator", "routed.onnx"), (served.Name, served.Graph));
        Assert.Equal(Directory.GetFiles(Models, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), served.Bytes);
        Assert.Equal("T-shirt/top\n\"quoted\" \\ back\nüber\nd\n", File.ReadAllText(Path.Combine(Models, "every-operator", "labels.txt")));
        Assert.Equal(["models"], folder.Names());
    }

    [Fact]
    public void The_model_is_the_bundles_graph_byte_for_byte()
    {
        BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Full = true, Routed = true });

        ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton);
        ServingExporter.Export(checkpoint, folder.File("middle"), new ExportOptions(), ForTriton with { Subnet = "middle" });

        Assert.Equal(File.ReadAllBytes(folder.File("bundle/routed.onnx")), File.ReadAllBytes(GraphIn(Models)));
        Assert.Equal(File.ReadAllBytes(folder.File("bundle/full-middle.onnx")), File.ReadAllBytes(GraphIn(folder.File("middle"))));
    }

    [Fact]
    public void Weights_in_a_file_of_their_own_come_along_by_the_name_that_the_graph_has_for_them()
    {
        ServingExporter.Export(checkpoint, Models, new ExportOptions { MostInlineBytes = 16 }, ForTriton);

        var version = Path.Combine(Models, "every-operator", "1");
        Assert.Equal(["model.onnx", "routed.onnx.data"], EntriesOf(version));
        Assert.Empty(ModelChecker.Check(Path.Combine(version, "model.onnx")));
    }

    [Fact]
    public void The_configuration_reads_as_the_servers_message_and_declares_what_the_graph_has()
    {
        ServingExporter.Export(checkpoint, Models, new ExportOptions { Tool = "tool", ToolVersion = "9\\\"8" }, ForTriton with { MaxBatch = 17 });

        var config = TritonText.Read(ConfigIn(Models));

        var expected = new ModelConfig
        {
            Name = "every-operator",
            Platform = "onnxruntime_onnx",
            Backend = "onnxruntime",
            MaxBatchSize = 17,
            DynamicBatching = new(),
            VersionPolicy = new() { Latest = new() { NumVersions = 1 } },
            InstanceGroup = { new ModelInstanceGroup { Kind = ModelInstanceGroup.Types.Kind.Auto, Count = 1 } },
            Input = { new ModelInput { Name = "input", DataType = DataType.TypeFp32, Dims = { 2, 7, 6 } } },
            Output =
            {
                new ModelOutput { Name = "logits", DataType = DataType.TypeFp32, Dims = { 4 }, LabelFilename = "labels.txt" },
                new ModelOutput { Name = "subnet_index", DataType = DataType.TypeInt64, Dims = { 1 }, Reshape = new() },
            },
        };
        var parameters = config.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.StringValue);
        config.Parameters.Clear();
        Assert.Equal(expected, config);
        Assert.Equal(["slimmable.preprocessing", "slimmable.subnets", "slimmable.tool"], parameters.Keys.Order());
        Assert.Equal("tool 9\\\"8", parameters["slimmable.tool"]);
        Assert.Equal(["narrow", "middle", "wide"], JsonSerializer.Deserialize<string[]>(parameters["slimmable.subnets"])!);
        Assert.Equivalent(checkpoint.Info.Preprocessing, JsonSerializer.Deserialize<Preprocessing>(parameters["slimmable.preprocessing"], JsonSerializerOptions.Web));
        var graph = ModelFile.Read(GraphIn(Models)).Graph;
        Assert.Equal(graph.Input.Select(Declared), config.Input.Select(input => (input.Name, input.Dims.Count + 1)));
        Assert.Equal(graph.Output.Select(Declared), config.Output.Select(output => (output.Name, (output.Reshape?.Shape.Count ?? output.Dims.Count) + 1)));

        static (string Name, int Rank) Declared(ValueInfoProto value) => (value.Name, value.Type.TensorType.Shape.Dim.Count);
    }

    [Fact]
    public void A_graph_that_preprocesses_is_declared_to_take_bytes_and_nobody_is_told_how()
    {
        ServingExporter.Export(checkpoint, Models, new ExportOptions { BakePreprocessing = ImageLayout.Nhwc, Precision = GraphPrecision.Half }, ForTriton);

        var config = TritonText.Read(ConfigIn(Models));

        Assert.Equal(new ModelInput { Name = "input", DataType = DataType.TypeUint8, Dims = { 7, 6, 2 } }, Assert.Single(config.Input));
        Assert.Equal([DataType.TypeFp32, DataType.TypeInt64], config.Output.Select(output => output.DataType));
        Assert.Equal(["slimmable.subnets", "slimmable.tool"], config.Parameters.Keys.Order());
    }

    [Fact]
    public void A_checkpoint_without_labels_preprocessing_or_gate_is_served_by_a_subnets_name()
    {
        ServingExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()), Models, new ExportOptions(), ForTriton with { Subnet = "wide" });

        var config = TritonText.Read(ConfigIn(Models));

        Assert.Equal(["logits"], config.Output.Select(output => output.Name));
        Assert.Equal("", config.Output[0].LabelFilename);
        Assert.Equal(["slimmable.tool"], config.Parameters.Keys);
        Assert.False(File.Exists(Path.Combine(Models, "awkward-names", "labels.txt")));
    }

    [Fact]
    public void The_schema_of_these_tests_refuses_what_it_does_not_know()
    {
        File.WriteAllText(folder.File("bad.pbtxt"), "name: \"x\" no_such_field: 1");
        Assert.Throws<Xunit.Sdk.TrueException>(() => TritonText.Read(folder.File("bad.pbtxt")));
    }

    [Fact]
    public void Kserve_gets_the_repository_and_the_resource_that_names_it()
    {
        ServingExporter.Export(checkpoint, folder.File("triton"), new ExportOptions(), ForTriton);

        ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForKserve);

        Assert.Equal(EntriesOf(folder.File("triton")).Append("inferenceservice.yaml"), EntriesOf(Models));
        Assert.Equal(
            """
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata:
              name: every-operator
            spec:
              predictor:
                model:
                  modelFormat:
                    name: onnx
                  protocolVersion: v2
                  runtime: kserve-tritonserver
                  storageUri: "s3://bucket/a+folder's+\"%20\""

            """,
            File.ReadAllText(Path.Combine(Models, "inferenceservice.yaml")));
    }

    [Theory]
    [InlineData("ds-mbnet", "ds-mbnet")]
    [InlineData("DS_MBNet.v2", "ds-mbnet-v2")]
    [InlineData("7up", "model-7up")]
    [InlineData("a_", "a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_bbb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Names_become_what_Kubernetes_takes(string model, string name) => Assert.Equal(name, KserveResource.NameOf(model));

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes_and_an_older_repository_is_replaced_whole()
    {
        ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForKserve);
        ServingExporter.Export(checkpoint, folder.File("again"), new ExportOptions(), ForTriton);

        ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton);

        Assert.Equal(EntriesOf(folder.File("again")), EntriesOf(Models));
        Assert.All(
            Directory.GetFiles(Models, "*", SearchOption.AllDirectories),
            file => Assert.Equal(File.ReadAllBytes(Path.Combine(folder.File("again"), Path.GetRelativePath(Models, file))), File.ReadAllBytes(file)));
        Assert.Equal(["again", "models"], folder.Names());
    }

    [Theory]
    [InlineData("letter.txt")]
    [InlineData("other/config.pbtxt")]
    [InlineData("other/1/model.onnx")]
    public void A_repository_that_holds_something_else_is_left_alone(string other)
    {
        ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Models, other))!);
        File.WriteAllText(Path.Combine(Models, other), "mine");
        var before = EntriesOf(Models);

        var fault = Assert.Throws<InvalidFileException>(() => ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton));

        Assert.Equal("expected nothing, an empty folder or a model repository to replace, found a folder without a config.pbtxt of ours", fault.Reason);
        Assert.Equal(before, EntriesOf(Models));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name: \"every-operator\"")]
    public void A_configuration_that_somebody_wrote_is_left_alone(string text)
    {
        ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton);
        File.WriteAllText(ConfigIn(Models), text);

        Assert.Throws<InvalidFileException>(() => ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForTriton));

        Assert.Equal(text, File.ReadAllText(ConfigIn(Models)));
    }

    [Fact]
    public void A_label_of_two_lines_is_refused_and_nothing_is_left()
    {
        var twoLines = checkpoint with { Info = checkpoint.Info with { Labels = ["a", "b\nc", "d", "e"] } };

        var fault = Assert.Throws<SlimmableException>(() => ServingExporter.Export(twoLines, Models, new ExportOptions(), ForTriton));

        Assert.Equal("label 1: expected one line, found 'b c'", fault.Message);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void All_faults_of_the_options_are_listed()
    {
        AssertFault(
            "serving: storageUri: expected where the cluster finds the folder, e.g. s3://bucket/folder, found none; "
            + "subnet 'teacher': expected one of narrow, middle, wide; maxBatch: expected 1..65536, found 0",
            ForTriton with { Target = ServingTarget.Kserve, Subnet = "teacher", MaxBatch = 0 });
        AssertFault(
            "serving: target: unknown target 9; storageUri: expected an absolute URI, e.g. s3://bucket/folder, found 'folder'",
            new ServingOptions { Target = (ServingTarget)9, StorageUri = "folder" });
        AssertFault("serving: storageUri: expected for kserve only, found 's3://a'", ForTriton with { StorageUri = "s3://a" });

        var gateless = Assert.Throws<InvalidOptionsException>(
            () => ServingExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()), Models, new ExportOptions(), ForTriton));
        Assert.Equal(["subnet: expected one of narrow, wide, for 'awkward-names' has no gate to choose, found none"], gateless.Faults);
        Assert.Empty(folder.Names());
    }

    [Theory]
    [InlineData("s3://b ucket")]
    [InlineData("s3://bucket\nmalicious: true")]
    [InlineData("S3://")]
    [InlineData("")]
    public void A_uri_that_would_break_the_resource_is_refused(string uri) =>
        Assert.Throws<InvalidOptionsException>(() => ServingExporter.Export(checkpoint, Models, new ExportOptions(), ForKserve with { StorageUri = uri }));

    private void AssertFault(string expected, ServingOptions serving) =>
        Assert.Equal(expected, Assert.Throws<InvalidOptionsException>(() => ServingExporter.Export(checkpoint, Models, new ExportOptions(), serving)).Message);

    private static string GraphIn(string models) => Assert.Single(Directory.GetFiles(models, "model.onnx", SearchOption.AllDirectories));

    private static string ConfigIn(string models) => Assert.Single(Directory.GetFiles(models, "config.pbtxt", SearchOption.AllDirectories));

    private static List<string> EntriesOf(string path) =>
        [.. Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories).Select(entry => Path.GetRelativePath(path, entry).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
