namespace Slimmable.Training;

/// <summary>Finds values that hold themselves: no state dict does, and a reader that follows them never ends.</summary>
internal static class PickleCycles
{
    /// <summary>Looks at everything that a value holds, each thing once.</summary>
    /// <exception cref="FormatException">A list or dictionary holds itself, directly or through others.</exception>
    public static void Refuse(PickleValue root)
    {
        // Records compare by content, which a cycle does not have an end of.
        var open = new HashSet<PickleValue>(ReferenceEqualityComparer.Instance);
        var closed = new HashSet<PickleValue>(ReferenceEqualityComparer.Instance);
        var work = new Stack<(PickleValue Value, bool IsLeaving)>([(root, false)]);
        while (work.TryPop(out var next))
        {
            if (next.IsLeaving)
            {
                open.Remove(next.Value);
                closed.Add(next.Value);
            }
            else if (!closed.Contains(next.Value))
            {
                if (!open.Add(next.Value))
                {
                    throw new FormatException("holds a value that contains itself");
                }

                work.Push((next.Value, true));
                foreach (var child in ChildrenOf(next.Value))
                {
                    work.Push((child, false));
                }
            }
        }
    }

    private static IEnumerable<PickleValue> ChildrenOf(PickleValue value) => value switch
    {
        PickleTuple tuple => tuple.Items,
        PickleList list => list.Items,
        PickleDictionary dictionary => dictionary.Items.Values,
        _ => [],
    };
}
