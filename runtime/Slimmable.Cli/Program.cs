using System.CommandLine;
using Slimmable.Cli;

var root = new RootCommand("Train, export and serve width-adaptive networks.")
{
    DataCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    InitCommand.Create(),
    InfoCommand.Create(),
    ExportCommand.Create(),
    ValidateCommand.Create(),
    RunCommand.Create(),
    BenchCommand.Create(),
    DemoCommand.Create(),
};

return await CommandRunner.RunAsync(root, args);
