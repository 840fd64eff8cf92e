using System.Diagnostics;

namespace Slimmable.Models.Tests;

public sealed class ContainedFileTests : IDisposable
{
    private readonly TempFolder root = new();
    private readonly string folder;

    public ContainedFileTests()
    {
        folder = Directory.CreateDirectory(root.File("folder")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        File.WriteAllText(Path.Combine(folder, "file"), "inside");
        File.WriteAllText(Path.Combine(folder, "sub", "file"), "inside");
        root.Write("file", "outside"u8);
    }

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("file")]
    [InlineData("./file")]
    [InlineData("sub/../file")]
    [InlineData("sub/file")]
    [InlineData("../folder/file")]
    public void A_path_that_stays_inside_is_found(string name)
    {
        var place = ContainedFile.PlaceOf(folder, name);

        Assert.Equal(Path.Combine(folder, name.StartsWith("sub/f", StringComparison.Ordinal) ? "sub" : "", "file"), place);
        using var stream = ContainedFile.OpenRead(folder, name);
        Assert.Equal("inside", new StreamReader(stream).ReadToEnd());
    }

    [Theory]
    [InlineData("../file")]
    [InlineData("sub/../../file")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../folder-2/file")]
    public void A_path_that_leads_out_is_refused(string name)
    {
        Directory.CreateDirectory(root.File("folder-2"));
        root.Write("folder-2/file", "outside"u8);

        AssertRefused(name, $"expected a file inside {folder}, found a link to ");
    }

    [Fact]
    public void An_absolute_path_is_refused() => AssertRefused(root.File("file"), $"expected a file inside {folder}, found a link to ");

    [Theory]
    [InlineData("nothing", "expected a file, found none")]
    [InlineData("nothing/file", "expected a file, found none")]
    [InlineData("sub", "expected a file, found a folder")]
    public void What_is_no_file_is_refused(string name, string reason) => AssertRefused(name, reason);

    [Fact]
    public void A_link_is_followed_as_far_as_it_stays_inside()
    {
        File.CreateSymbolicLink(Path.Combine(folder, "good"), Path.Combine("sub", "file"));
        File.CreateSymbolicLink(Path.Combine(folder, "bad"), Path.Combine("..", "file"));
        File.CreateSymbolicLink(Path.Combine(folder, "circle"), "circle");

        Assert.Equal(Path.Combine(folder, "sub", "file"), ContainedFile.PlaceOf(folder, "good"));
        AssertRefused("bad", $"expected a file inside {folder}, found a link to ");
        AssertRefused("circle", "cannot be read: ");
    }

    /// <summary>The system goes to the parent of what a link leads to. Tidied up as text, the path seems to stay, and a file is there to be found.</summary>
    [Fact]
    public void The_parent_of_a_linked_folder_is_where_the_link_leads()
    {
        Directory.CreateDirectory(root.File("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), root.File("elsewhere"));
        File.CreateSymbolicLink(Path.Combine(folder, "gate"), Path.Combine("link", "..", "file"));

        AssertRefused("link/../file", $"expected a file inside {folder}, found a link to {root.File("file")}");
        AssertRefused("gate", $"expected a file inside {folder}, found a link to {root.File("file")}");
    }

    [Fact]
    public void The_folder_itself_may_lie_behind_a_link()
    {
        Directory.CreateSymbolicLink(root.File("mounted"), "folder");

        Assert.Equal(Path.Combine(folder, "file"), ContainedFile.PlaceOf(root.File("mounted"), "file"));
    }

    /// <summary>Who opens a pipe for reading waits for a writer; here none comes.</summary>
    [Fact]
    public async Task Pipes_devices_and_empty_files_are_not_opened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var process = Process.Start("mkfifo", Path.Combine(folder, "pipe")))
        {
            process.WaitForExit();
        }

        File.CreateSymbolicLink(Path.Combine(folder, "link"), "pipe");
        root.Write("folder/empty", []);
        foreach (var path in new[] { Path.Combine(folder, "pipe"), Path.Combine(folder, "link"), Path.Combine(folder, "empty"), "/dev/zero" })
        {
            var fault = await Assert.ThrowsAsync<InvalidFileException>(() => Task.Run(() => RegularFile.OpenRead(path)).WaitAsync(TimeSpan.FromMinutes(2)));
            Assert.Equal($"{path}: expected content, found an empty file, a pipe or a device", fault.Message);
        }
    }

    private void AssertRefused(string name, string reason)
    {
        var fault = Assert.Throws<InvalidFileException>(() => ContainedFile.PlaceOf(folder, name));
        Assert.StartsWith(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(folder, name), fault.Path);
        Assert.Equal(reason, Assert.Throws<InvalidFileException>(() => ContainedFile.OpenRead(folder, name)).Reason[..reason.Length]);
    }
}
