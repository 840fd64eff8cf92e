using System.Text.Json;

namespace Slimmable.Cli.Tests;

internal static class Keys
{
    /// <summary>An object's keys, in their order.</summary>
    public static IEnumerable<string> Of(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    /// <summary>A member of every object in a list.</summary>
    public static IEnumerable<string> Texts(JsonElement list, string key) => list.EnumerateArray().Select(item => item.GetProperty(key).GetString()!);

    /// <inheritdoc cref="Texts"/>
    public static IEnumerable<long> Integers(JsonElement list, string key) => list.EnumerateArray().Select(item => item.GetProperty(key).GetInt64());
}
