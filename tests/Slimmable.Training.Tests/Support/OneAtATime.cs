// libtorch's default generator, which dropout draws from, is one a process: a run beside another would take its numbers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
