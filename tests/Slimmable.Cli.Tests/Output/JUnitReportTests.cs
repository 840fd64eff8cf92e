using System.Globalization;
using System.Xml.Linq;
using Slimmable.Export;

namespace Slimmable.Cli.Tests;

/// <summary>The report against the rules that readers of JUnit XML share.</summary>
public sealed class JUnitReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_report_keeps_the_rules_of_JUnit()
    {
        var report = Write(
            new CheckResult("gate.onnx", "file", true, "12 bytes"),
            Failed("gate.onnx", "structure", FindingRules.Shapes.At("gate.onnx", "expected <3> & found \"4\""), FindingRules.Unread.At("gate.onnx", "nothing reads it")),
            Failed("full.onnx", "golden samples", FindingRules.Answers.At("full.onnx", "largest difference 1.0e-2")));

        var root = report.Root!;
        Assert.Equal("testsuites", root.Name.LocalName);
        var suite = Assert.Single(root.Elements());
        Assert.Equal("testsuite", suite.Name.LocalName);
        Assert.Equal("a bundle", (string?)suite.Attribute("name"));
        Assert.All(new[] { root, suite }, element => Assert.Equal((3, 2, 0), (Number(element, "tests"), Number(element, "failures"), Number(element, "errors"))));
        Assert.Equal(0, Number(suite, "skipped"));
        Assert.All(suite.Elements(), test =>
        {
            Assert.Equal("testcase", test.Name.LocalName);
            Assert.All(new[] { "classname", "name", "time" }, name => Assert.NotEmpty((string)test.Attribute(name)!));
            Assert.True(test.Elements().Count() <= 1);
        });
        Assert.Equal(Number(suite, "tests"), suite.Elements("testcase").Count());
        Assert.Equal(Number(suite, "failures"), suite.Descendants("failure").Count());
        var failure = suite.Descendants("failure").First();
        Assert.Equal(("SLIM310", "expected <3> & found \"4\""), ((string?)failure.Attribute("type"), (string?)failure.Attribute("message")));
        Assert.Equal("gate.onnx: SLIM310: expected <3> & found \"4\"\ngate.onnx: SLIM312: nothing reads it", failure.Value);
    }

    [Fact]
    public void What_XML_cannot_say_is_replaced()
    {
        var report = Write(Failed("a\0b", "file\u0001", FindingRules.FileUnknown.At("a", "'\uD800' \uFFFF \u001B[31m é 😀")));

        Assert.Equal("'\uFFFD' ? ?[31m é 😀", (string?)report.Descendants("failure").Single().Attribute("message"));
        Assert.Equal("a?b", (string?)report.Descendants("testcase").Single().Attribute("classname"));
    }

    private static CheckResult Failed(string file, string check, params IReadOnlyList<Finding> findings) => new(file, check, false, "") { Findings = findings };

    private static int Number(XElement element, string name) => int.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    private XDocument Write(params IReadOnlyList<CheckResult> checks)
    {
        JUnitReport.Write(folder.File("report.xml"), "a bundle", new ValidateAnswer(false, [.. checks.SelectMany(check => check.Findings)], checks));
        return XDocument.Load(folder.File("report.xml"));
    }
}
