using System.CommandLine;
using Slimmable.Benchmarks;

var root = new RootCommand("Measurements that take more than the product itself. Each is a comparison within one run.")
{
    StepCommand.Create(),
    StepCommand.CreateWorker(),
    AblationCommand.Create(),
};
foreach (var command in GraphsCommand.All)
{
    root.Add(command);
}

return root.Parse(args).Invoke();
