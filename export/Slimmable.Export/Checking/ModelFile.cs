using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Reads an ONNX file from outside, within bounds: it takes at most 4 times the file's size and 64 MiB of memory.</summary>
internal static class ModelFile
{
    /// <summary>Protocol buffers end here.</summary>
    private const long Largest = int.MaxValue;

    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>Parses the file. Fields that onnx.proto does not name are left out.</summary>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, too large or not a model.</exception>
    public static ModelProto Read(string path)
    {
        using var stream = RegularFile.OpenRead(path);
        try
        {
            if (stream.Length > Largest)
            {
                throw new InvalidFileException(path, $"expected an ONNX model of at most {Largest} bytes, found {stream.Length}");
            }

            ModelScan.Run(stream);
            stream.Position = 0;
            using var input = CodedInputStream.CreateWithLimits(stream, (int)stream.Length, ModelScan.Deepest);
            return Parser.ParseFrom(input);
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or FormatException)
        {
            throw new InvalidFileException(path, $"expected an ONNX model, found: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }
}
