using System.Xml;
using System.Xml.Linq;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>What <c>validate</c> saw as JUnit XML, which CI systems show as tests: a class for each file, a test for each check, the findings as failures.</summary>
internal static class JUnitReport
{
    private const string Failure = "failure";

    /// <summary>Writes the report beside its place and renames it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bundle">The bundle's folder, which names the suite.</param>
    /// <param name="answer">What was seen.</param>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public static void Write(string path, string bundle, ValidateAnswer answer) => AtomicFile.Write(path, stream => Document(bundle, answer).Save(stream));

    private static XDocument Document(string bundle, ValidateAnswer answer)
    {
        var cases = answer.Checks.Select(TestCase).ToList();
        var counts = new[]
        {
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Count(test => test.Element(Failure) is not null)),
            new XAttribute("errors", 0),
            new XAttribute("time", 0),
        };
        var suite = new XElement("testsuite", new XAttribute("name", Text(bundle)), counts, new XAttribute("skipped", 0), cases);
        return new XDocument(new XElement("testsuites", new XAttribute("name", "slimmable validate"), counts, suite));
    }

    /// <summary>A test has one failure at most; its text has a line for each finding.</summary>
    private static XElement TestCase(CheckResult check)
    {
        var test = new XElement("testcase", new XAttribute("classname", Text(check.File)), new XAttribute("name", Text(check.Check)), new XAttribute("time", 0));
        if (!check.Passed)
        {
            var findings = check.Findings;
            test.Add(new XElement(
                Failure,
                new XAttribute("type", findings[0].Id),
                new XAttribute("message", Text(findings[0].Message)),
                Text(string.Join('\n', findings))));
        }

        return test;
    }

    /// <summary>Names come from files, and XML has no way to write some characters.</summary>
    private static string Text(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value > char.MaxValue || (rune.IsBmp && XmlConvert.IsXmlChar((char)rune.Value)) ? rune.ToString() : "?"));
}
