using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>What the graphs of a bundle compute in. Their inputs and outputs are the same either way.</summary>
[JsonConverter(typeof(NamedEnumConverter<GraphPrecision>))]
public enum GraphPrecision
{
    /// <summary>32-bit floats.</summary>
    [JsonStringEnumMemberName("float32")]
    Full,

    /// <summary>16-bit floats, but for sums over many pixels: half the size, and faster on graphics cards.</summary>
    [JsonStringEnumMemberName("float16")]
    Half,
}
