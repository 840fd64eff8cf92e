using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Reads an ONNX file from outside, within bounds.</summary>
internal static class ModelFile
{
    /// <summary>Protocol buffers end here.</summary>
    private const long Largest = int.MaxValue;

    /// <summary>Messages within messages; a model with branches needs 10.</summary>
    private const int Deepest = 32;

    /// <summary>Parses the file.</summary>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, too large or not a model.</exception>
    public static ModelProto Read(string path)
    {
        try
        {
            // An empty file is not opened: it may be a pipe, and would never end.
            var length = new FileInfo(path).Length;
            if (length is 0 or > Largest)
            {
                throw new InvalidFileException(path, $"expected an ONNX model of 1 to {Largest} bytes, found {length}");
            }

            using var stream = File.OpenRead(path);
            using var input = CodedInputStream.CreateWithLimits(stream, (int)stream.Length, Deepest);
            return ModelProto.Parser.ParseFrom(input);
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw new InvalidFileException(path, $"expected an ONNX model, found: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }
}
