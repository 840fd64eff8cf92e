namespace Slimmable.Training;

/// <summary>
/// The instructions of Python's pickle that <c>torch.save</c> needs for numbers, text, tensors and dictionaries: a part of protocol 2, and all
/// that is read here. See Python's <c>Lib/pickletools.py</c> for what each does.
/// </summary>
internal enum PickleOpcode : byte
{
    Mark = (byte)'(',
    Stop = (byte)'.',
    None = (byte)'N',
    True = 0x88,
    False = 0x89,
    Int1 = (byte)'K',
    Int2 = (byte)'M',
    Int4 = (byte)'J',
    Long1 = 0x8A,
    Float = (byte)'G',
    Unicode = (byte)'X',
    EmptyTuple = (byte)')',
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    Tuple = (byte)'t',
    EmptyList = (byte)']',
    Append = (byte)'a',
    Appends = (byte)'e',
    EmptyDictionary = (byte)'}',
    SetItem = (byte)'s',
    SetItems = (byte)'u',
    Put1 = (byte)'q',
    Put4 = (byte)'r',
    Get1 = (byte)'h',
    Get4 = (byte)'j',
    Global = (byte)'c',
    PersistentId = (byte)'Q',
    Reduce = (byte)'R',
    Build = (byte)'b',
}
