using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

public sealed class ModelOptionsTests
{
    [Fact]
    public void All_faults_are_told_at_once_and_before_anything_is_read()
    {
        var fault = Assert.Throws<InvalidOptionsException>(() => SlimmableModel.Load("nothing", new ModelOptions { Threads = -1, LargestBatch = 0 }));

        Assert.Equal("ModelOptions: Threads: expected 0 to 1024, found -1; LargestBatch: expected 1 to 65536, found 0", fault.Message);
    }

    [Fact]
    public void A_mean_cost_that_the_bundle_has_no_point_for_is_refused()
    {
        using var folder = new TemporaryFolder();
        SampleNetwork.Export(folder.File("plain"), full: false);
        SampleNetwork.Export(folder.File("set"), full: false, points: [new OperatingPoint(0.5, [0, 0, 0, 0]), new OperatingPoint(0.25, [0, 1, 2, 3])]);
        string Fault(string bundle) =>
            Assert.Throws<InvalidOptionsException>(() => SlimmableModel.Load(folder.File(bundle), new ModelOptions { TargetCost = 0.3 })).Message;

        Assert.Equal("ModelOptions: TargetCost: expected none, as the bundle has no operating points, found 0.3", Fault("plain"));
        Assert.Equal("ModelOptions: TargetCost: expected one of 0.5, 0.25, found 0.3", Fault("set"));
    }
}
