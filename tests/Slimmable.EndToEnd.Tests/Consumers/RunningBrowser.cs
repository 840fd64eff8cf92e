using Microsoft.Playwright;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>One Chromium for several tests, each with a page of its own.</summary>
public sealed class RunningBrowser : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>Opens an address.</summary>
    internal async Task<IPage> OpenAsync(string address)
    {
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(address);
        return page;
    }
}
