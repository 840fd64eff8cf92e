using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>Enums stand in files by their names only: a number would read as whatever member has it in this version.</summary>
internal sealed class NamedEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
