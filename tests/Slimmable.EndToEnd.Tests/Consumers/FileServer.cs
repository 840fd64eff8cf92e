using System.Net;
using System.Net.Sockets;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>Serves a folder's files to this machine.</summary>
internal sealed class FileServer : IDisposable
{
    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html",
        [".mjs"] = "text/javascript",
        [".wasm"] = "application/wasm",
        [".json"] = "application/json",
    };

    private readonly HttpListener listener = new();
    private readonly string folder;
    private readonly Task serving;

    public FileServer(string folder)
    {
        this.folder = folder;
        Address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        serving = ServeAsync();
    }

    public string Address { get; }

    public void Dispose()
    {
        listener.Stop();
        serving.Wait();
        listener.Close();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                // It was stopped, or the browser went away.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        var file = Path.Combine(folder, context.Request.Url!.AbsolutePath.TrimStart('/'));
        if (!File.Exists(file))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        response.ContentType = ContentTypes.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream");
        await using var content = File.OpenRead(file);
        response.ContentLength64 = content.Length;
        await content.CopyToAsync(response.OutputStream);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
