namespace Slimmable.Models.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_file_appears_whole_and_alone()
    {
        AtomicFile.Write(folder.File("a.bin"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(folder.File("a.bin")));
        Assert.Equal(["a.bin"], folder.Names);
    }

    [Fact]
    public void Leftovers_are_removed_and_those_of_other_files_stay()
    {
        const string Unique = "0123456789abcdef0123456789abcdef";
        string[] others = [$".a.bin.more.{Unique}.tmp", $".ab.bin.{Unique}.tmp", ".a.bin.tmp", ".a.bin.notes.tmp", "a.bin"];
        Assert.All([$".a.bin.{Unique}.tmp", $".*.{Unique}.tmp", .. others], name => folder.Write(name, "half"u8));

        AtomicFile.RemoveLeftovers(folder.File("a.bin"));
        AtomicFile.RemoveLeftovers(folder.File("*"));
        AtomicFile.RemoveLeftovers(folder.File("missing/a.bin"));

        Assert.Equal(others.Order(StringComparer.Ordinal), folder.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_old_file_is_replaced()
    {
        var path = folder.Write("a.bin", "a longer one"u8);

        AtomicFile.Write(path, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Until_the_end_readers_see_the_old_file()
    {
        var path = folder.Write("a.bin", "old"u8);

        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
        });
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var path = folder.Write("a.bin", "old"u8);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.bin"], folder.Names);
    }

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file()
    {
        var path = folder.File("a.bin");

        var fault = Assert.Throws<InvalidFileException>(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));

        Assert.Equal($"{path}: cannot be written: No space left on device", fault.Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Missing_folders_are_created()
    {
        AtomicFile.Write(folder.File("a/b/c.bin"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(folder.File("a/b/c.bin")));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_that_names_the_file()
    {
        var path = Path.Combine(folder.Write("file", "not a folder"u8), "a.bin");

        var fault = Assert.Throws<InvalidFileException>(() => AtomicFile.Write(path, _ => Assert.Fail("there is nothing to write to")));

        Assert.StartsWith($"{path}: cannot be written: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_that_name_is_not_replaced()
    {
        var path = folder.File("a.bin");
        Directory.CreateDirectory(path);

        var fault = Assert.Throws<InvalidFileException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));

        Assert.StartsWith($"{path}: cannot be written: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["a.bin"], folder.Names);
    }

    [Fact]
    public void The_root_is_not_a_file()
    {
        var root = Path.GetPathRoot(folder.Path)!;

        Assert.Equal(
            $"{root}: expected a file, found a root folder",
            Assert.Throws<InvalidFileException>(() => AtomicFile.Write(root, _ => { })).Message);
    }
}
