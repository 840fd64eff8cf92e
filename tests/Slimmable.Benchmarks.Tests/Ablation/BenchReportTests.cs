using Slimmable.Models;

namespace Slimmable.Benchmarks.Tests.Ablation;

public sealed class BenchReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_bench_prints_is_read()
    {
        var path = Written("""
            {"threads":1,"batch":1,"subnets":[{"name":"a","madds":5,"medianUs":2.5,"p95Us":3,"fullMedianUs":2}],"routed":null}
            """);

        Assert.Equal([new BenchSubnet("a", 2.5, 2)], BenchReport.Read(path)!.Subnets);
    }

    [Fact]
    public void Nothing_is_read_where_nobody_asked() => Assert.Null(BenchReport.Read(folder.File("none.json")));

    [Theory]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("""{"subnets":[{"name":"a","medianUs":2.5,"fullMedianUs":null}]}""")]
    public void Anything_else_is_refused_by_name(string text)
    {
        var path = Written(text);

        Assert.StartsWith($"{path}: expected what `slimmable bench --json` prints", Assert.Throws<InvalidFileException>(() => BenchReport.Read(path)).Message, StringComparison.Ordinal);
    }

    private string Written(string text)
    {
        File.WriteAllText(folder.File("bench.json"), text);
        return folder.File("bench.json");
    }
}
