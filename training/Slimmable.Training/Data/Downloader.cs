using System.IO.Compression;
using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Fetches a data set's files and keeps only what has the right hash.</summary>
public sealed class Downloader(HttpClient client)
{
    /// <summary>The largest file that is accepted, in bytes.</summary>
    public const int LargestFile = 256 << 20;

    /// <summary>Downloads the files that a folder lacks.</summary>
    /// <param name="source">The address the files' names are appended to.</param>
    /// <param name="files">The files.</param>
    /// <param name="folder">Where they go; created where it is missing.</param>
    /// <param name="progress">Told each file's name before it is fetched.</param>
    /// <param name="cancellation">Stops the download; files that are whole stay.</param>
    /// <exception cref="SlimmableException">A file could not be had, or has another content; the message names it.</exception>
    public async Task GetAsync(
        Uri source, IEnumerable<RemoteFile> files, string folder, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files.Where(file => !File.Exists(Path.Combine(folder, file.Name))))
        {
            progress?.Report(file.Name);
            var address = new Uri(source, file.Name);
            var zipped = await FetchAsync(address, cancellation).ConfigureAwait(false);
            string[] found = [Convert.ToHexStringLower(SHA256.HashData(zipped)), ContentHash(zipped)];
            if (!found.Contains(file.Sha256))
            {
                throw new SlimmableException($"{address}: expected sha-256 {file.Sha256} of the file or of its unzipped content, found {string.Join(" and ", found)}");
            }

            AtomicFile.Write(Path.Combine(folder, file.Name), stream => stream.Write(zipped));
        }
    }

    private async Task<byte[]> FetchAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            client.MaxResponseContentBufferSize = LargestFile;
            return await client.GetByteArrayAsync(address, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException fault)
        {
            throw new SlimmableException($"{address}: cannot be downloaded: {fault.Message}", fault);
        }
        catch (TaskCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new SlimmableException($"{address}: cannot be downloaded: no answer within {client.Timeout.TotalSeconds:0} s", fault);
        }
    }

    private static string ContentHash(byte[] zipped)
    {
        try
        {
            using var content = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (InvalidDataException)
        {
            return "no gzip file";
        }
    }
}
