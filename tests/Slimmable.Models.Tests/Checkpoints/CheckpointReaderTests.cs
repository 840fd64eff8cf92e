namespace Slimmable.Models.Tests;

public sealed class CheckpointReaderTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, TensorData> tensors;
    private readonly Dictionary<string, string> metadata;

    public CheckpointReaderTests()
    {
        TinyCheckpoint.Value.Write(folder.File("whole.safetensors"));
        using var file = SafetensorsFile.Open(folder.File("whole.safetensors"));
        metadata = new Dictionary<string, string>(file.Metadata);
        tensors = file.Tensors.Values.ToDictionary(
            entry => entry.Name, entry => new TensorData(entry.Name, entry.Type!.Value, entry.Shape, file.Bytes(entry.Name).ToArray()));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tensors_that_do_not_fit_the_graph_are_all_named()
    {
        tensors.Remove("stem.conv.weight");
        Put(TensorData.Of("stem.norm.weight", [1f, 2f, 3f], 3));
        Put(new TensorData("stem.norm.bias", TensorType.F16, [2], new byte[4]));
        Put(TensorData.Of("stem.norm.0.running_mean", [float.NaN, 1f], 2));
        Put(TensorData.Of("stem.norm.0.running_var", [1f, -1f], 2));
        Put(TensorData.Of("head.linear.bias", [1f, 2f, float.PositiveInfinity], 3));
        Put(TensorData.Of("head.linear.weight", new float[24], 24));
        Put(TensorData.Of("extra", [1f], 1));

        AssertRefused(
            "tensor 'stem.conv.weight': expected, found none; "
            + "tensor 'stem.norm.weight': expected F32 [2], found F32 [3]; "
            + "tensor 'stem.norm.bias': expected F32 [2], found F16 [2]; "
            + "tensor 'stem.norm.0.running_mean': expected finite numbers, found NaN at element 0; "
            + "tensor 'stem.norm.0.running_var': expected variances from 0 up, found -1 at element 1; "
            + "tensor 'head.linear.weight': expected F32 [3, 8], found F32 [24]; "
            + "tensor 'head.linear.bias': expected finite numbers, found Infinity at element 2; "
            + "tensor 'extra': the graph has no such tensor");
    }

    [Fact]
    public void A_variance_that_is_no_number_is_said_once()
    {
        Put(TensorData.Of("stem.norm.0.running_var", [1f, float.NaN], 2));

        AssertRefused("tensor 'stem.norm.0.running_var': expected finite numbers, found NaN at element 1");
    }

    [Fact]
    public void Golden_samples_that_do_not_fit_are_all_named()
    {
        Put(TensorData.Of("golden.logits.narrow", new float[3], 1, 3));
        Put(TensorData.Of("golden.gate_logits", [1f, 2f, 3f, float.NaN], 2, 2));
        Put(TensorData.Of("golden.logits.medium", new float[6], 2, 3));
        tensors.Remove("golden.logits.wide");

        AssertRefused(
            "tensor 'golden.logits.narrow': expected F32 [2, 3], found F32 [1, 3]; "
            + "tensor 'golden.logits.wide': expected, found none; "
            + "tensor 'golden.gate_logits': expected finite numbers, found NaN at element 3; "
            + "tensor 'golden.logits.medium': the graph has no such tensor");
    }

    [Fact]
    public void Golden_answers_without_their_input_are_not_passed_over()
    {
        tensors.Remove("golden.input");

        Assert.StartsWith("tensor 'golden.input': expected, found none; ", Refuse().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_golden_input_that_is_no_batch_is_not_passed_over()
    {
        Put(TensorData.Of("golden.input", [1f]));

        Assert.StartsWith("tensor 'golden.input': expected F32 [1, 1, 4, 6], found F32 []; ", Refuse().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_golden_input_without_images_is_refused()
    {
        Put(TensorData.Of("golden.input", ReadOnlySpan<float>.Empty, 0, 1, 4, 6));
        Put(TensorData.Of("golden.logits.narrow", ReadOnlySpan<float>.Empty, 0, 3));
        Put(TensorData.Of("golden.logits.wide", ReadOnlySpan<float>.Empty, 0, 3));
        Put(TensorData.Of("golden.gate_logits", ReadOnlySpan<float>.Empty, 0, 2));

        AssertRefused("tensor 'golden.input': expected at least one image");
    }

    [Fact]
    public void Another_format_version_is_refused_by_its_number_first()
    {
        metadata["slimmable.format"] = "2";
        metadata["slimmable.graph"] = "not for you";

        AssertRefused("expected slimmable.format '1' in the metadata, found '2'");
    }

    [Fact]
    public void A_file_that_is_no_checkpoint_says_so()
    {
        metadata.Clear();

        AssertRefused("expected slimmable.format '1' in the metadata, found none");
    }

    [Fact]
    public void A_checkpoint_without_its_graph_says_so()
    {
        metadata.Remove("slimmable.graph");

        AssertRefused("expected slimmable.graph in the metadata, found none");
    }

    [Fact]
    public void Faults_of_the_graph_are_all_passed_on()
    {
        metadata["slimmable.graph"] = metadata["slimmable.graph"]
            .Replace("\"name\":\"tiny\"", "\"name\":\"..\"", StringComparison.Ordinal)
            .Replace("\"kernel\":3", "\"kernel\":300", StringComparison.Ordinal);

        AssertRefused(
            "graph '..': graph '..': expected a name of 1 to 128 letters, digits, '_', '-' or single '.', starting with a letter or digit; "
            + "node 'stem.conv': expected kernel and stride in 1..255 and padding in 0..299, found 300, 1, 1");
    }

    [Theory]
    [InlineData("slimmable.graph", "", "The input does not contain any JSON tokens")]
    [InlineData("slimmable.graph", "null", "found null")]
    [InlineData("slimmable.graph", "[]", "could not be converted to Slimmable.Models.GraphDefinition")]
    [InlineData("slimmable.graph", "{}", "missing required properties including: 'name', 'input', 'axes', 'nodes', 'logits', 'subnets', 'gates'")]
    [InlineData("slimmable.labels", "[", "Expected depth to be zero")]
    [InlineData("slimmable.labels", "{}", "could not be converted")]
    [InlineData("slimmable.labels", "[1,2,3]", "could not be converted to System.String. Path: $[0]")]
    [InlineData("slimmable.preprocessing", """{"scale":1,"mean":[0]}""", "missing required properties including: 'std'")]
    [InlineData("slimmable.preprocessing", """{"scale":"1","mean":[0],"std":[1]}""", "Path: $.scale")]
    [InlineData("slimmable.preprocessing", """{"scale":1,"mean":null,"std":[1]}""", "doesn't allow null values")]
    [InlineData("slimmable.accuracy", """{"images":1,"subnets":[],"routed":null,"extra":1}""", "'extra' could not be mapped")]
    [InlineData("slimmable.accuracy", """{"images":1,"images":1,"subnets":[],"routed":null}""", "Duplicate property 'images'")]
    public void Metadata_of_another_form_is_refused_with_its_key(string key, string json, string reason)
    {
        metadata[key] = json;

        var fault = Refuse();

        Assert.StartsWith($"{fault.Path}: metadata '{key}': ", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Contains(reason, StringComparison.Ordinal), fault.Message);
    }

    [Theory]
    [InlineData("\"name\":\"tiny\"", "\"name\":\"tiny\",\"colour\":1", "'colour' could not be mapped")]
    [InlineData("\"name\":\"tiny\"", "\"name\":\"tiny\",\"name\":\"tiny\"", "Duplicate property 'name'")]
    [InlineData("\"name\":\"tiny\"", "\"name\":null", "doesn't allow null values")]
    [InlineData("\"name\":\"tiny\",", "", "missing required properties including: 'name'")]
    [InlineData("\"kernel\":3", "\"kernel\":3,\"dilation\":1", "'dilation' could not be mapped")]
    [InlineData("\"kernel\":3", "\"kernel\":3.5", "Path: $.nodes[0].kernel")]
    [InlineData("\"kernel\":3", "\"kernel\":3000000000", "Path: $.nodes[0].kernel")]
    [InlineData("\"kernel\":3,", "", "missing required properties including: 'kernel'")]
    [InlineData("\"op\":\"flatten\"", "\"op\":\"fold\"", "unrecognized type discriminator id 'fold'")]
    [InlineData("\"op\":\"flatten\",", "", "must specify a type discriminator")]
    [InlineData("\"kind\":\"relu\"", "\"kind\":\"gelu\"", "Path: $.nodes[2].kind")]
    [InlineData("\"kind\":\"relu\"", "\"kind\":0", "Path: $.nodes[2].kind")]
    [InlineData("\"body\":1", "\"body\":1,\"body\":0", "Duplicate properties")]
    [InlineData("\"sizes\":[4,8]", "\"sizes\":null", "doesn't allow null values")]
    public void A_graph_of_another_form_is_refused_with_the_place(string good, string bad, string reason)
    {
        var json = metadata["slimmable.graph"];
        metadata["slimmable.graph"] = json.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(json, metadata["slimmable.graph"]);

        var fault = Refuse();

        Assert.StartsWith($"{fault.Path}: metadata 'slimmable.graph': ", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Message.Contains(reason, StringComparison.Ordinal), fault.Message);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        metadata["slimmable.graph"] = string.Concat(Enumerable.Repeat("{\"input\":", 10_000));

        Assert.StartsWith("metadata 'slimmable.graph': ", Refuse().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nulls_in_lists_are_refused()
    {
        metadata["slimmable.graph"] = metadata["slimmable.graph"].Replace("[\"narrow\",\"wide\"]", "[\"narrow\",null]", StringComparison.Ordinal);
        Assert.Equal("graph 'tiny': gate 'gate': its candidate '' is not a routable subnet", Refuse().Reason);

        metadata["slimmable.graph"] = metadata["slimmable.graph"].Replace("\"nodes\":[", "\"nodes\":[null,", StringComparison.Ordinal);
        Assert.Equal("graph 'tiny': nodes: found null in the list", Refuse().Reason);
    }

    [Fact]
    public void Facts_that_do_not_fit_are_all_named()
    {
        metadata["slimmable.seed"] = "seven";
        metadata["slimmable.labels"] = """["a",null]""";
        metadata["slimmable.preprocessing"] = """{"scale":0,"mean":[1e999],"std":[0,1]}""";
        metadata["slimmable.operating_points"] =
            """[{"targetCost":0.5,"offsets":[0,0.5]},{"targetCost":1.5,"offsets":[0]},{"targetCost":0.5,"offsets":[0,0]}]""";
        metadata["slimmable.accuracy"] =
            """{"images":0,"subnets":[{"name":"nobody","top1":101},null],"routedAt":[{"top1":-1,"meanMAdds":-1,"shares":{"narrow":2},"targetCost":0},null]}""";

        var expected = CheckpointWriterTests.FaultsOfInfo
            .Select(fault => fault.Replace("[NaN]", "[Infinity]", StringComparison.Ordinal).Replace("found NaN", "found -1", StringComparison.Ordinal))
            .ToList();
        expected.Insert(10, "accuracy.subnets: expected subnets of the graph with percentages, found null");
        AssertRefused($"slimmable.seed: expected a whole number, found 'seven'; {string.Join("; ", expected)}");
    }

    [Fact]
    public void A_checkpoint_cut_at_any_byte_is_refused()
    {
        var whole = File.ReadAllBytes(folder.File("whole.safetensors"));

        for (var length = 0; length < whole.Length; length += 7)
        {
            var path = folder.Write("cut.safetensors", whole.AsSpan(0, length));
            Assert.StartsWith($"{path}: ", Assert.Throws<InvalidFileException>(() => Checkpoint.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = folder.File("nowhere.safetensors");

        Assert.StartsWith(
            $"{path}: cannot be read: ", Assert.Throws<InvalidFileException>(() => Checkpoint.Read(path)).Message, StringComparison.Ordinal);
    }

    private void Put(TensorData tensor) => tensors[tensor.Name] = tensor;

    private void AssertRefused(string reason) => Assert.Equal(reason, Refuse().Reason);

    private InvalidFileException Refuse()
    {
        var path = folder.File("changed.safetensors");
        SafetensorsWriter.Write(path, tensors.Values, metadata);
        var fault = Assert.Throws<InvalidFileException>(() => Checkpoint.Read(path));
        Assert.Equal($"{path}: {fault.Reason}", fault.Message);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        return fault;
    }
}
