using FsCheck;
using FsCheck.Fluent;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Importing;

/// <summary>Damaged files are read or refused by the one typed error; nothing else may come out, and nothing may hang.</summary>
public sealed class DamagedPthTests : IDisposable
{
    private const string Pickle = "mini.pth/data.pkl";

    /// <summary>Bytes that mean something to a pickle are hit more often than chance would.</summary>
    private static readonly byte[] Telling = [.. Enum.GetValues<PickleOpcode>().Select(code => (byte)code), 0, 1, 2, 0x7F, 0x80, 0xFF, (byte)'\n'];

    private static readonly byte[] Authors = File.ReadAllBytes(AuthorsNetwork.PathOf("checkpoint.pth.tar"));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_small_pickle_with_anything_done_to_it_is_read_or_refused()
    {
        var pickle = RawPickle.Of(RawPickle.Dictionary(
            ("arch", RawPickle.Text(new string('a', 100))), // Where damage does no harm.
            ("epoch", RawPickle.Int(3)),
            ("state_dict", RawPickle.OrderedDictionary(
                ("a", RawPickle.Tensor(RawPickle.Storage("FloatStorage", "0", 6), 0, [2, 3], [3, 1])),
                ("b", RawPickle.Tensor([.. RawPickle.Storage("HalfStorage", "1", 4), .. RawPickle.Put(1)], 1, [3], [1])),
                ("c", RawPickle.Tensor(RawPickle.Get(1), 0, [], []))))));
        var (read, refused) = (0, 0);
        Prop.ForAll(Changes(pickle.Length), changes =>
        {
            try
            {
                PthFile.Read(RawZip.Checkpoint(Changed(pickle, changes), ("0", new byte[24]), ("1", new byte[8])));
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6000));

        Assert.True(read > 100 && refused > 3000, $"{read} read and {refused} refused: the damage is too small or too great to tell");
    }

    [Fact]
    public void A_small_archive_with_anything_done_to_it_is_read_or_refused()
    {
        var archive = RawZip.Checkpoint(
            RawPickle.Of(RawPickle.Dictionary(("a", RawPickle.Tensor(RawPickle.Storage("FloatStorage", "0", 2), 0, [2], [1])))), ("0", new byte[8]));
        Prop.ForAll(Changes(archive.Length), changes => ReadOrRefused(() => PthFile.Read(Changed(archive, changes)))).Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
    }

    [Fact]
    public void Garbage_is_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => ReadOrRefused(() => PickleReader.Read(RawPickle.Of(bytes)))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>The authors' file with its pickle changed and its checksum made right again, from the file to the network.</summary>
    [Fact]
    public void A_changed_pickle_of_the_authors_file_is_imported_or_refused_in_one_line()
    {
        var files = StoredZip.Read(Authors).ToDictionary(file => file.Key, file => file.Value.ToArray());
        var path = folder.File("changed.pth.tar");
        Prop.ForAll(Changes(files[Pickle].Length), changes =>
        {
            File.WriteAllBytes(path, RawZip.Of([.. files.Select(file => (file.Key, file.Key == Pickle ? Changed(file.Value, changes) : file.Value))]));
            try
            {
                DsNetImporter.Import(path, AuthorsNetwork.Options);
            }
            catch (InvalidFileException fault)
            {
                Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(fault.Message, char.IsControl);
                Assert.InRange(fault.Message.Length, 1, 1000);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(120));
    }

    [Fact]
    public void Damage_anywhere_in_the_authors_file_is_noticed()
    {
        var files = StoredZip.Read(Authors);

        foreach (var part in new[] { Pickle, "mini.pth/data/0", "mini.pth/data/285" })
        {
            var damaged = Authors.ToArray();
            damaged[files[part].Length + (Authors.AsSpan().IndexOf(files[part].Span) - 1)] ^= 1;
            Assert.Equal($"'{part}': its checksum is wrong, so the file is damaged", Assert.Throws<FormatException>(() => PthFile.Read(damaged)).Message);
        }
    }

    [Fact]
    public void The_authors_file_cut_off_is_refused()
    {
        for (var length = 0; length < Authors.Length; length += 997)
        {
            Assert.Throws<FormatException>(() => PthFile.Read(Authors[..length]));
        }
    }

    private static void ReadOrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (FormatException)
        {
        }
    }

    /// <summary>What is done to the bytes: one replaced, put in or taken out, some times.</summary>
    private static Arbitrary<(int Kind, int Place, byte Value)[]> Changes(int length)
    {
        var value = Gen.OneOf(Gen.Choose(0, 255).Select(any => (byte)any), Gen.Elements(Telling));
        var change = from kind in Gen.Choose(0, 3) from place in Gen.Choose(0, length - 1) from byteOf in value select (kind, place, byteOf);
        return (from count in Gen.Choose(1, 2) from changes in change.ArrayOf(count) select changes).ToArbitrary();
    }

    private static byte[] Changed(byte[] whole, IEnumerable<(int Kind, int Place, byte Value)> changes)
    {
        var bytes = new List<byte>(whole);
        foreach (var (kind, place, value) in changes)
        {
            var at = place % bytes.Count;
            switch (kind)
            {
                case 0:
                    bytes.Insert(at, value);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes[at] = value;
                    break;
            }
        }

        return [.. bytes];
    }
}
