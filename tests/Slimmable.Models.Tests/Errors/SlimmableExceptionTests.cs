namespace Slimmable.Models.Tests;

public class SlimmableExceptionTests
{
    [Fact]
    public void Messages_name_the_source_and_every_fault()
    {
        Assert.Equal("a.bin: too short", new InvalidFileException("a.bin", "too short").Message);
        Assert.Equal("graph 'g': one; two", new InvalidGraphException("g", ["one", "two"]).Message);
        Assert.Equal("recipe.json: one; two", new InvalidOptionsException("recipe.json", ["one", "two"]).Message);
    }

    [Fact]
    public void Parts_can_be_read_apart()
    {
        var cause = new IOException();
        var fault = new InvalidFileException("a.bin", "too short", cause);

        Assert.Equal(("a.bin", "too short"), (fault.Path, fault.Reason));
        Assert.Same(cause, fault.InnerException);
        Assert.Equal(["one"], new InvalidGraphException("g", ["one"]).Faults);
        Assert.Equal(["one"], new InvalidOptionsException("o", ["one"]).Faults);
    }

    [Theory]
    [InlineData("a\nb", "a b")]
    [InlineData("a\r\nb", "a  b")]
    [InlineData("a\u2028b\u2029c\u0085d", "a b c d")]
    [InlineData("a\u001b[2Jb\0c\td", "a [2Jb c d")]
    public void A_message_stays_one_line_that_is_safe_to_print_whatever_the_names_in_it(string name, string shown) =>
        Assert.Equal($"tensor '{shown}': expected, found none", new SlimmableException($"tensor '{name}': expected, found none").Message);

    [Fact]
    public void Letters_of_all_languages_stay() => Assert.Equal("é 日本 🙂 ß", new SlimmableException("é 日本 🙂 ß").Message);
}
