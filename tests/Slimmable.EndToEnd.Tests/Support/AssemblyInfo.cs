// Two engines with thread pools of their own take turns here; tests side by side would only slow one another down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
