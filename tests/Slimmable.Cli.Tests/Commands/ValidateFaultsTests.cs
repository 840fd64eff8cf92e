using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>What <c>validate</c> finds, tried in this process: the faults are many.</summary>
public sealed class ValidateFaultsTests(ValidateFaultsTests.GoodBundle good) : IClassFixture<ValidateFaultsTests.GoodBundle>, IDisposable
{
    private const float Tolerance = 1e-4f;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Faults => [.. BundleFaults.All.Select(fault => fault.Name)];

    /// <summary>One small network of every family, with a gate and without.</summary>
    public static TheoryData<string> Families => ["ds-mbnet-mini", "ds-mbnet-32", "ds-resnet-fashion-small", "s-mobilenet-v1-32", "us-resnet-20-32", "s-resnet-29-32", "s-vgg-11-32"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_table_has_at_least_forty_faults_and_every_id_but_those_that_need_another_machine()
    {
        Assert.True(BundleFaults.All.Count >= 40);
        Assert.Equal(BundleFaults.All.Count, BundleFaults.All.Select(fault => fault.Name).Distinct().Count());
        FindingRule[] elsewhere = [FindingRules.FileUnreadable, FindingRules.More];
        Assert.Equal(FindingRules.All.Except(elsewhere).Select(rule => rule.Id), BundleFaults.All.Select(fault => fault.Rule.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_seeded_fault_is_found_by_its_id_and_as_nothing_else(string name)
    {
        var fault = BundleFaults.All.Single(fault => fault.Name == name);
        var bundle = BundleCopy.Of(good.Folder, folder.File("bundle"));
        fault.Break(new EditableBundle(bundle));

        var answer = Validate(bundle);

        Assert.False(answer.Valid);
        Assert.True(answer.Findings.All(finding => finding.Id == fault.Rule.Id) && answer.Findings.Count > 0, string.Join('\n', answer.Findings.Prepend(FindingRules.More.At(name, fault.Rule.Id))));
        Assert.Throws<SlimmableException>(() => BundleValidator.Require(bundle, answer));
    }

    [Fact]
    public void Several_faults_are_found_in_one_run()
    {
        var bundle = BundleCopy.Of(good.Folder, folder.File("bundle"));
        string[] names = ["file besides", "half of the parameters missing", "weight that is not finite", "other weights in a standalone graph", "graph that is none"];
        foreach (var name in names)
        {
            BundleFaults.All.Single(fault => fault.Name == name).Break(new EditableBundle(bundle));
        }

        var found = Validate(bundle).Findings.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["SLIM205", "SLIM301", "SLIM314", "SLIM503", "SLIM602"], found);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_good_bundle_of_every_family_and_shape_has_no_findings(string architecture)
    {
        var checkpoint = Untrained.Of(architecture, seed: 5);
        var gated = checkpoint.Graph.Gate is not null;
        ExportOptions[] shapes = gated
            ? [new() { Full = true, Routed = true }, new() { Layout = BundleLayout.Standalone, Routed = true }]
            : [new()];
        foreach (var (index, options) in shapes.Index())
        {
            var bundle = folder.File($"bundle-{index}");
            var manifest = BundleExporter.Export(checkpoint, bundle, options);

            var answer = Validate(bundle);

            Assert.Empty(answer.Findings);
            Assert.True(answer.Valid);
            var graphs = manifest.References.Where(file => file.EndsWith(".onnx", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(graphs, answer.Checks.Where(check => check.Check == "golden samples").Select(check => check.File).Order(StringComparer.Ordinal));
            Assert.All(manifest.Subnets, subnet => Assert.Contains(answer.Checks, check => check.Check == $"cost of {subnet.Full ?? subnet.Tail}"));
        }
    }

    [Fact]
    public void A_bundle_without_golden_samples_has_to_run_all_the_same()
    {
        var checkpoint = Untrained.Of(TinyTask.Architecture, seed: 5) with { Golden = null };
        BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Routed = true });

        var answer = Validate(folder.File("bundle"));

        Assert.Empty(answer.Findings);
        Assert.Equal(5, answer.Checks.Count(check => check.Check == "runs"));
    }

    [Fact]
    public void What_is_no_folder_is_a_finding() => Assert.Equal("SLIM101", Assert.Single(Validate(folder.File("nothing")).Findings).Id);

    private static ValidateAnswer Validate(string bundle) => BundleValidator.Run(bundle, Tolerance, CancellationToken.None);

    /// <summary>An untrained network with all its graphs.</summary>
    public sealed class GoodBundle : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public GoodBundle()
        {
            Folder = folder.File("bundle");
            BundleExporter.Export(Untrained.Of(TinyTask.Architecture, seed: 3), Folder, new ExportOptions { Full = true, Routed = true });
            Assert.Empty(Validate(Folder).Findings);
        }

        public string Folder { get; }

        public void Dispose() => folder.Dispose();
    }
}
