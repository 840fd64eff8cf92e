using Microsoft.Playwright;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Headless Chromium: Debian's where there is one, or what the variable CHROMIUM names, or else the one that Playwright installs.</summary>
internal static class Chromium
{
    private const string Debians = "/usr/bin/chromium";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? (File.Exists(Debians) ? Debians : null),
        Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        Timeout = 120_000,
    });
}
