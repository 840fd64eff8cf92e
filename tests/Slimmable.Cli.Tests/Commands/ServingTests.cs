namespace Slimmable.Cli.Tests;

public sealed class ServingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ServingTests() => SlimmableProgram.Run(folder.Path, "init", TinyTask.Architecture, "--out", "init.safetensors").Succeeded();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_server_gets_its_folder_and_no_bundle()
    {
        var output = Export("--for", "kserve", "--storage-uri", "s3://bucket/models").Succeeded().Output;

        Assert.StartsWith($"models: {TinyTask.Architecture} for Kserve, routed.onnx, ", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "init.safetensors", "models", "models/ds-mbnet-fashion-quick", "models/ds-mbnet-fashion-quick/1", "models/ds-mbnet-fashion-quick/1/model.onnx",
                "models/ds-mbnet-fashion-quick/config.pbtxt", "models/inferenceservice.yaml",
            ],
            folder.Names());
    }

    [Fact]
    public void A_subnets_name_takes_its_graph() =>
        Assert.Contains("for Triton, full-uniform-1.onnx, ", Export("--for", "triton", "--subnets", "uniform-1").Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void What_does_not_go_together_is_refused_in_one_line()
    {
        Export("--for", "nginx").Refused(2, "nginx", "triton", "kserve");
        Export("--for", "kserve").Refused(1, "storageUri");
        Export("--storage-uri", "s3://bucket").Refused(1, "--storage-uri", "--for kserve");
        Export("--for", "triton", "--subnets", "uniform-0", "uniform-1").Refused(1, "--subnets", "uniform-0, uniform-1");
        Assert.Equal(["init.safetensors"], folder.Names());
    }

    private ProgramResult Export(params IReadOnlyList<string> options) =>
        SlimmableProgram.Run(folder.Path, ["export", "init.safetensors", "--out", "models", .. options]);
}
