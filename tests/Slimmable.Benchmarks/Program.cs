using System.CommandLine;
using Slimmable.Benchmarks;

return new RootCommand("Measurements that take more than the product itself. Each is a comparison within one run.")
{
    StepCommand.Create(),
    StepCommand.CreateWorker(),
    AblationCommand.Create(),
    GraphsCommand.Create(),
}.Parse(args).Invoke();
