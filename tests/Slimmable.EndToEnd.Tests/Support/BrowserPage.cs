using System.Text.Json;
using Microsoft.Playwright;

namespace Slimmable.EndToEnd.Tests;

/// <summary>A file opened in headless Chromium without a network.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly IPage decoder;
    private readonly List<string> faults = [];

    private BrowserPage(IPlaywright playwright, IBrowser browser, IPage page, IPage decoder)
    {
        (this.playwright, this.browser, Page, this.decoder) = (playwright, browser, page, decoder);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(request.Url != page.Url && !request.IsNavigationRequest, $"request: {request.Url}");
        page.Dialog += (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>What must not happen: complaints on the console, errors, dialogs, requests for anything but the file.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Opens a file.</summary>
    public static async Task<BrowserPage> OpenAsync(string file, int width = 1100, ColorScheme scheme = ColorScheme.Light)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var context = await browser.NewContextAsync(new() { Offline = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        context.SetDefaultTimeout(120_000);
        var opened = new BrowserPage(playwright, browser, await context.NewPageAsync(), await context.NewPageAsync());
        await opened.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return opened;
    }

    /// <summary>What the screen shows of an element.</summary>
    public async Task<Screenshot> ShotAsync(ILocator element)
    {
        var png = Convert.ToBase64String(await element.ScreenshotAsync());
        var decoded = await decoder.EvaluateAsync<JsonElement>(
            """
            async png => {
              const image = new Image();
              image.src = `data:image/png;base64,${png}`;
              await image.decode();
              const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
              context.drawImage(image, 0, 0);
              const pixels = context.getImageData(0, 0, image.width, image.height).data;
              return { width: image.width, height: image.height, pixels: btoa(Array.from(pixels, value => String.fromCharCode(value)).join("")) };
            }
            """,
            png);
        return new Screenshot(decoded.GetProperty("width").GetInt32(), decoded.GetProperty("height").GetInt32(), decoded.GetProperty("pixels").GetBytesFromBase64());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            faults.Add(text);
        }
    }
}
