using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class DownloaderTests
{
    private static readonly byte[] Content = [1, 2, 3, 4];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_has_the_right_hash_as_a_file_or_as_its_content_is_kept(bool ofFile)
    {
        using var folder = new TempFolder();
        using var server = new Server(Zip(Content));
        using var client = new HttpClient();

        await new Downloader(client).GetAsync(server.Address, [new("data.gz", Hash(ofFile ? Zip(Content) : Content))], folder.Path);

        Assert.Equal(Zip(Content), File.ReadAllBytes(folder.File("data.gz")));
    }

    [Fact]
    public async Task What_has_another_content_is_refused_and_nothing_is_left()
    {
        using var folder = new TempFolder();
        using var server = new Server(Zip([9]));
        using var client = new HttpClient();

        var fault = await Assert.ThrowsAsync<SlimmableException>(
            () => new Downloader(client).GetAsync(server.Address, [new("data.gz", Hash(Content))], folder.Path));

        Assert.Equal(
            $"{server.Address}data.gz: expected sha-256 {Hash(Content)} of the file or of its unzipped content, found {Hash(Zip([9]))} and {Hash([9])}",
            fault.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task What_is_no_gzip_file_is_refused()
    {
        using var folder = new TempFolder();
        using var server = new Server([1, 2, 3]);
        using var client = new HttpClient();

        var fault = await Assert.ThrowsAsync<SlimmableException>(
            () => new Downloader(client).GetAsync(server.Address, [new("data.gz", Hash(Content))], folder.Path));

        Assert.EndsWith("and no gzip file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_is_named()
    {
        using var folder = new TempFolder();
        using var server = new Server(null);
        using var client = new HttpClient();

        var fault = await Assert.ThrowsAsync<SlimmableException>(
            () => new Downloader(client).GetAsync(server.Address, [new("data.gz", Hash(Content))], folder.Path));

        Assert.StartsWith($"{server.Address}data.gz: cannot be downloaded: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_not_fetched_again()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("data.gz"), [5]);
        using var client = new HttpClient();

        await new Downloader(client).GetAsync(new Uri("http://127.0.0.1:1/"), [new("data.gz", Hash(Content))], folder.Path);

        Assert.Equal([5], File.ReadAllBytes(folder.File("data.gz")));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            stream.Write(content);
        }

        return zipped.ToArray();
    }

    /// <summary>Answers every request with one content, or with 404.</summary>
    private sealed class Server : IDisposable
    {
        private readonly HttpListener listener = new();

        public Server(byte[]? content)
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            }

            listener.Prefixes.Add(Address.ToString());
            listener.Start();
            _ = AnswerAsync(content);
        }

        public Uri Address { get; }

        public void Dispose() => listener.Close();

        private async Task AnswerAsync(byte[]? content)
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    context.Response.StatusCode = content is null ? 404 : 200;
                    await context.Response.OutputStream.WriteAsync(content ?? []);
                    context.Response.Close();
                }
                catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
