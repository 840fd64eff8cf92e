namespace Slimmable.Build;

/// <summary>Takes a picture of a page, as the one of the released report in the README.</summary>
public static class Screenshot
{
    /// <summary>Runs the target with Debian's Chromium, or what the variable CHROMIUM names.</summary>
    /// <param name="work">The workspace; its arguments are the page, the picture to write, and optionally its size, e.g. <c>1100,1450</c>.</param>
    /// <exception cref="BuildException">There is no browser, or it wrote no picture.</exception>
    public static void Run(Workspace work)
    {
        if (work.Arguments.Count is not (2 or 3))
            throw new BuildException("Type a page, a picture and perhaps its size: ./build.sh screenshot model.report.html report.png 1100,1450");
        var (page, picture, size) = (work.Arguments[0], work.Arguments[1], work.Arguments.Count > 2 ? work.Arguments[2] : "1100,1450");
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM");
        if (string.IsNullOrEmpty(chromium))
        {
            new Debian(work.Shell).Require("chromium");
            chromium = "chromium";
        }

        var target = Path.GetFullPath(picture, work.Root);
        File.Delete(target);
        var (_, output) = work.Shell.Capture(chromium,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", $"--window-size={size}", $"--screenshot={target}",
            new Uri(Path.GetFullPath(page, work.Root)).AbsoluteUri,
        ]);
        if (!File.Exists(target))
            throw new BuildException($"{chromium} took no picture: {output.Trim()}");
    }
}
