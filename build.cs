#!/usr/bin/env dotnet
#:property PublishAot=false
#:project build/Slimmable.Build.csproj

// The front door: ./build.sh TARGET, or .\build.ps1 TARGET. What a target does lies in build/.

using Slimmable.Build;

Target[] targets =
[
    new("setup", "find TorchSharp and ONNX Runtime, and install what is missing", [], Setup.Run),
    new("cli", "publish the slimmable command to artifacts/bin", ["setup"], Cli.Publish),
    new("build", "build every project and publish the slimmable command", ["setup", "cli"], Solution.Build),
    new("test", "build and run all tests; arguments go to dotnet test", ["build"], Tests.Run),
    new("demo", "route Fashion-MNIST through the released network", ["cli"], work => Cli.Run(work, "demo")),
    new("train", "train on Fashion-MNIST; arguments go to slimmable train", ["cli"],
        work => Cli.Run(work, "train", "models/recipes/fashion-mnist.json")),
    new("screenshot", "take a picture of a page: PAGE.html PICTURE.png [WIDTH,HEIGHT]", [], Screenshot.Run),
    new("clean", "remove artifacts and every bin and obj folder", [], Solution.Clean),
];

return FrontDoor.Run(targets, args);
