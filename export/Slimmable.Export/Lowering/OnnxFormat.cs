namespace Slimmable.Export;

/// <summary>What every file the exporter writes has in common.</summary>
internal static class OnnxFormat
{
    /// <summary>The version of ONNX's file format; the one that came with <see cref="Opset"/>.</summary>
    public const int IrVersion = 8;

    /// <summary>The version of ONNX's own operators.</summary>
    public const int Opset = 17;

    /// <summary>The name of the batch dimension.</summary>
    public const string Batch = "N";

    /// <summary>Most bytes of weights in an ONNX file itself. Protocol buffers end at 2 GiB; the rest is for names and shapes.</summary>
    public const long MostInlineBytes = 1_900_000_000;
}
