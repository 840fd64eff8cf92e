using System.CommandLine;
using Slimmable.Cli;

var root = new RootCommand("Train, export and serve width-adaptive networks. Exit codes: 0 done, 1 refused or failed, 2 misspelt, 130 stopped.")
{
    DataCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ReportCommand.Create(),
    InitCommand.Create(),
    ImportCommand.Create(),
    InfoCommand.Create(),
    ExportCommand.Create(),
    ValidateCommand.Create(),
    DiffCommand.Create(),
    RunCommand.Create(),
    BenchCommand.Create(),
    DemoCommand.Create(),
};
HelpWithExamples.AddTo(root);
return await CommandRunner.RunAsync(root, args.Length > 0 ? args : ["--help"]);
