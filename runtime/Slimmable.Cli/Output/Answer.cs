using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slimmable.Cli;

/// <summary>Prints an answer for a program or for a person.</summary>
internal static class Answer
{
    public static void Print<T>(bool json, T answer, JsonTypeInfo<T> type, Action printForPeople)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, type));
        }
        else
        {
            printForPeople();
        }
    }
}
