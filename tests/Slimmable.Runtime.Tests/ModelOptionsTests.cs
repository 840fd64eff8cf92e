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
}
