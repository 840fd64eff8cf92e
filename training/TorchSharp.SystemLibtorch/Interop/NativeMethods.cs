using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The exports of native/slimmable_libtorch.cpp, one to one; what each does is said there.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "SlimmableLibtorch";

    [LibraryImport(Library)]
    internal static partial byte* st_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint st_operator(string name, string overload);

    [LibraryImport(Library)]
    internal static partial int st_call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);

    [LibraryImport(Library)]
    internal static partial void st_free(nint memory);

    [LibraryImport(Library)]
    internal static partial void st_release(nint handle);

    [LibraryImport(Library)]
    internal static partial nint st_share(nint handle);

    [LibraryImport(Library)]
    internal static partial int st_dtype(nint handle);

    [LibraryImport(Library)]
    internal static partial long st_element_size(nint handle);

    [LibraryImport(Library)]
    internal static partial long st_numel(nint handle);

    [LibraryImport(Library)]
    internal static partial long st_dim(nint handle);

    [LibraryImport(Library)]
    internal static partial long* st_sizes(nint handle);

    [LibraryImport(Library)]
    internal static partial long* st_strides(nint handle);

    [LibraryImport(Library)]
    internal static partial long st_storage_offset(nint handle);

    [LibraryImport(Library)]
    internal static partial int st_is_contiguous(nint handle);

    [LibraryImport(Library)]
    internal static partial nint st_data(nint handle);

    [LibraryImport(Library)]
    internal static partial int st_requires_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial int st_set_requires_grad(nint handle, int value);

    [LibraryImport(Library)]
    internal static partial int st_is_leaf(nint handle);

    [LibraryImport(Library)]
    internal static partial nint st_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial int st_set_grad(nint handle, nint grad);

    [LibraryImport(Library)]
    internal static partial int st_backward(
        nint[] outputs, long count, nint[] weights, long weightCount, int retainGraph, int createGraph, nint[] inputs,
        long inputCount);

    [LibraryImport(Library)]
    internal static partial int st_grad_of(
        nint[] outputs, long count, nint[] weights, long weightCount, nint[] inputs, long inputCount, int retainGraph,
        int createGraph, int allowUnused, [Out] nint[] results);

    [LibraryImport(Library)]
    internal static partial int st_is_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void st_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial nint st_generator(ulong seed);

    [LibraryImport(Library)]
    internal static partial nint st_default_generator();

    [LibraryImport(Library)]
    internal static partial void st_generator_release(nint generator);

    [LibraryImport(Library)]
    internal static partial ulong st_generator_current_seed(nint generator);

    [LibraryImport(Library)]
    internal static partial ulong st_generator_seed(nint generator);

    [LibraryImport(Library)]
    internal static partial void st_generator_manual_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial nint st_generator_get_state(nint generator);

    [LibraryImport(Library)]
    internal static partial int st_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial int st_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int st_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int st_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int st_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int st_has_cuda();

    /// <summary>Throws what TorchSharp throws for an error inside libtorch: its own message in an ExternalException.</summary>
    internal static void Check(int result)
    {
        if (result < 0)
            throw LastError();
    }

    /// <inheritdoc cref="Check(int)"/>
    internal static nint Check(nint result) => result != 0 ? result : throw LastError();

    [SuppressMessage("Usage", "CA2201", Justification = "It is what TorchSharp throws.")]
    internal static ExternalException LastError() => new(Marshal.PtrToStringUTF8((nint)st_error()));
}
