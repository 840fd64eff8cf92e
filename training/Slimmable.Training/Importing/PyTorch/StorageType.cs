namespace Slimmable.Training;

/// <summary>An element type of PyTorch's storages.</summary>
/// <param name="Name">As safetensors has it.</param>
/// <param name="Size">In bytes.</param>
internal sealed record StorageType(string Name, int Size);
