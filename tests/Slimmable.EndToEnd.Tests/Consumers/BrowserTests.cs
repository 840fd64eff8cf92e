using System.Text.Json;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>onnxruntime-web, from npm, in headless Chromium: WebAssembly on one thread.</summary>
[Collection(ReleasedBundles.Collection)]
public sealed class BrowserTests(ReleasedBundles bundles, RunningBrowser browser) : IClassFixture<RunningBrowser>
{
    private const string Check =
        """
        async () => {
          const ort = await import("./node_modules/onnxruntime-web/dist/ort.wasm.min.mjs");
          const { check } = await import("./check.mjs");
          ort.env.wasm.numThreads = 1;
          return JSON.stringify(await check(ort, async file => (await fetch(`./bundle/${file}`)).arrayBuffer()));
        }
        """;

    [Theory]
    [MemberData(nameof(ReleasedBundles.Shapes), MemberType = typeof(ReleasedBundles))]
    public async Task Every_graph_answers_the_golden_samples_as_the_trainer_did(string shape)
    {
        using var server = new FileServer(bundles.FolderOf(shape));
        var page = await browser.OpenAsync($"{server.Address}package.json");

        var found = JsonSerializer.Deserialize<Dictionary<string, double>>(await page.EvaluateAsync<string>(Check))!;

        Assert.Equal(bundles.WaysThrough(shape).Order(), found.Keys.Order());
        Assert.All(found, way => Assert.InRange(way.Value, 0, 1));
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_documents_page_shows_what_the_trainer_answered()
    {
        using var server = new FileServer(bundles.FolderOf("routed"));
        var page = await browser.OpenAsync($"{server.Address}classify.html");

        await page.WaitForFunctionAsync("document.querySelector('#answers').textContent !== ''");

        var shown = await page.Locator("#answers").TextContentAsync();
        Assert.Equal(bundles.Expected.Select(answer => $"{answer.Label} ({answer.Subnet})"), shown!.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await page.CloseAsync();
    }
}
