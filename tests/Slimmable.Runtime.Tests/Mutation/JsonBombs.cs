using System.Buffers.Binary;
using System.Text;

namespace Slimmable.Runtime.Tests;

/// <summary>JSON whose parts take far more memory than they take in the file.</summary>
internal static class JsonBombs
{
    /// <summary>Stands for the bytes behind the header, a number of as many digits.</summary>
    private const string Rest = "RRRRRRR";

    /// <summary>Headers of a safetensors file by name, each of about so many bytes.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Headers { get; } = new Dictionary<string, Func<int, string>>
    {
        ["lists"] = bytes => "{\"x\":[" + Repeat(bytes, _ => "[],") + "[]]}",
        ["objects"] = bytes => "{\"x\":[" + Repeat(bytes, _ => "{},") + "{}]}",
        ["numbers"] = bytes => "{\"x\":" + Tensor("U8", Repeat(bytes, _ => "1,") + "1") + "}",
        ["names"] = bytes => "{" + Repeat(bytes, index => $"\"{Name(index)}\":0,") + "\"x\":0}",
        ["names of letters by number"] = bytes => "{" + Repeat(bytes, index => $"\"\\u0061{Name(index)}\":0,") + "\"x\":0}",
        ["metadata"] = bytes => "{\"__metadata__\":{" + Repeat(bytes, index => $"\"{Name(index)}\":\"\",") + "\"x\":\"\"}," + Whole + "}",
        ["metadata of a letter"] = bytes =>
            "{\"__metadata__\":{" + Repeat(bytes, index => $"\"{Name(index)}\":\"{(char)('a' + (index % 26))}\",") + "\"x\":\"\"}," + Whole + "}",
        ["tensors without elements"] = bytes => "{" + Repeat(bytes, index => $"\"{Name(index)}\":{Tensor("U8", "0")},") + Whole + "}",
        ["tensors of 16 dimensions"] = bytes =>
            "{" + Repeat(bytes, index => $"\"{Name(index)}\":{Tensor("Q", "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0")},") + Whole + "}",
        ["a long name"] = bytes => $"{{\"{new string('x', bytes)}\":0}}",
        ["a long value"] = bytes => $"{{\"__metadata__\":{{\"x\":\"{new string('x', bytes)}\"}},{Whole}}}",
        ["a long number"] = bytes => "{\"x\":" + Tensor("U8", new string('9', bytes)) + "}",
    };

    /// <summary>Members of a manifest to be replaced: by name, the good text and what comes in its place.</summary>
    public static IReadOnlyDictionary<string, (string Good, Func<int, string> Bad)> Members { get; } = new Dictionary<string, (string, Func<int, string>)>
    {
        ["labels"] = ("\"labels\":[", bytes => $"\"labels\":[{Repeat(bytes, _ => "\"\",")}"),
        ["labels of a letter"] = ("\"labels\":[", bytes => $"\"labels\":[{Repeat(bytes, _ => "\"x\",")}"),
        ["null labels"] = ("\"labels\":[", bytes => $"\"labels\":[{Repeat(bytes, _ => "null,")}"),
        ["null files"] = ("\"files\":[", bytes => $"\"files\":[{Repeat(bytes, _ => "null,")}"),
        ["files"] = ("\"files\":[", bytes => $"\"files\":[{Repeat(bytes, index => $"{{\"name\":\"{Name(index)}\",\"bytes\":0,\"sha256\":\"\"}},")}"),
        ["subnets"] = ("\"subnets\":[", bytes => $"\"subnets\":[{Repeat(bytes, Subnet)}"),
        ["numbers"] = ("\"shape\":[", bytes => $"\"shape\":[{Repeat(bytes, _ => "1,")}"),
        ["means"] = ("\"mean\":[", bytes => $"\"mean\":[{Repeat(bytes, _ => "1,")}"),
        ["candidates"] = ("\"candidates\":[", bytes => $"\"candidates\":[{Repeat(bytes, index => $"\"{Name(index)}\",")}"),
        ["operating points"] = ("\"operatingPoints\":[", bytes => $"\"operatingPoints\":[{Repeat(bytes, _ => "{\"targetCost\":0,\"offsets\":[]},")}"),
        ["offsets"] = ("\"offsets\":[", bytes => $"\"offsets\":[{Repeat(bytes, _ => "1,")}"),
        ["a long text, which is right"] = ("\"tool\":\"", bytes => $"\"tool\":\"{new string('x', bytes)}"),
        ["a long name"] = ("\"model\":\"", bytes => $"\"model\":\"{new string('/', bytes)}"),
        ["an unknown member of a long name"] = ("\"tool\":", bytes => $"\"{new string('x', bytes)}\":0,\"tool\":"),
        ["unknown members"] = ("\"tool\":", bytes => $"{Repeat(bytes, index => $"\"{Name(index)}\":0,")}\"tool\":"),
        ["a version of lists"] = ("\"formatVersion\":", bytes => $"\"formatVersion\":[{Repeat(bytes, _ => "[],")}[]],\"x\":"),
        ["lists before the version"] = ("\"formatVersion\":", bytes => $"\"x\":[{Repeat(bytes, _ => "[],")}[]],\"formatVersion\":"),
    };

    /// <summary>The start of a safetensors file of a header.</summary>
    /// <param name="header">The header, in ASCII.</param>
    /// <param name="length">Of the file, some megabytes.</param>
    public static byte[] Safetensors(string header, int length)
    {
        var json = Encoding.ASCII.GetBytes(header.Replace(Rest, $"{length - 8 - header.Length}", StringComparison.Ordinal));
        var file = new byte[8 + json.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    /// <summary>A tensor of all bytes behind the header.</summary>
    private static string Whole => $"\"x\":{Tensor("U8", Rest).Replace("[0,0]", $"[0,{Rest}]", StringComparison.Ordinal)}";

    private static string Subnet(int index) =>
        $"{{\"name\":\"{Name(index)}\",\"madds\":0,\"parameters\":-1,\"top1\":-1,\"tail\":\"?{index}\",\"full\":\"!{index}\"}},";

    private static string Tensor(string type, string shape) => $"{{\"dtype\":\"{type}\",\"shape\":[{shape}],\"data_offsets\":[0,0]}}";

    private static string Name(int index) => string.Create(4, index, static (letters, rest) =>
    {
        foreach (ref var letter in letters)
        {
            letter = (char)('a' + (rest % 26));
            rest /= 26;
        }
    });

    private static string Repeat(int bytes, Func<int, string> part)
    {
        var parts = new StringBuilder(bytes + 128);
        for (var index = 0; parts.Length < bytes; index++)
        {
            parts.Append(part(index));
        }

        return parts.ToString();
    }
}
