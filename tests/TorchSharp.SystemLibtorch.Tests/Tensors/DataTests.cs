using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class DataTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Arrays_come_back_as_they_went_in()
    {
        Prop.ForAll((float[] values) => tensor(values).data<float>().ToArray().SequenceEqual(values)).QuickCheckThrowOnFailure();
        Prop.ForAll((long[] values) => tensor(values).data<long>().ToArray().SequenceEqual(values)).QuickCheckThrowOnFailure();
        Prop.ForAll((byte[] values) => tensor(values).data<byte>().ToArray().SequenceEqual(values)).QuickCheckThrowOnFailure();
        Prop.ForAll((bool[] values) => tensor(values).data<bool>().ToArray().SequenceEqual(values)).QuickCheckThrowOnFailure();
        Prop.ForAll((int[] values) => tensor(values).data<int>().ToArray().SequenceEqual(values)).QuickCheckThrowOnFailure();
        Prop.ForAll((double[] values) => tensor(values).data<double>().ToArray().SequenceEqual(values)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_tensor_is_a_copy_of_its_array()
    {
        var values = new float[] { 1, 2 };
        var copy = tensor(values);

        values[0] = 9;

        Expect.Equal([1, 2], copy);
    }

    [Fact]
    public void A_tensor_takes_a_shape_and_a_type()
    {
        var bytes = tensor(new byte[] { 1, 2, 3, 4, 5, 6 }, new long[] { 1, 2, 3 }, ScalarType.Float32);

        Expect.Shape([1, 2, 3], bytes);
        Assert.Equal(ScalarType.Float32, bytes.dtype);
        Expect.Equal([1, 2, 3, 4, 5, 6], bytes);
        Expect.Shape([], tensor(1.5f));
        Assert.Equal(1.5f, tensor(1.5f).item<float>());
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1 }, new long[] { 2 }));
    }

    [Fact]
    public void Elements_of_a_permuted_tensor_are_read_in_its_own_order()
    {
        var turned = arange(6, ScalarType.Int64).reshape(2, 3).t();

        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], turned.data<long>().ToArray());
        Assert.Equal(4, turned.data<long>()[1, 1]);
        Assert.Equal(3, turned.data<long>()[1]);
        var rest = new long[2];
        turned.data<long>().CopyTo(rest, 0, 4);
        Assert.Equal([2L, 5L], rest);
    }

    [Fact]
    public void Elements_are_written_through()
    {
        var x = zeros(2, 2);
        var elements = x.data<float>();

        elements[0, 1] = 5;
        elements.CopyFrom([7, 8], 0, 2);

        Expect.Equal([0, 5, 7, 8], x);
        Assert.Equal([0f, 5f, 7f, 8f], elements);
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        var x = tensor(new float[] { 1, 2, 3 });

        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = -2;
        Expect.Equal([1, -2, 3], x);

        var y = zeros(3);
        y.bytes = x.bytes;
        Assert.True(y.Equals(x));
        Assert.Equal(12, x.NumberOfElements * x.ElementSize);
    }

    [Fact]
    public void Types_convert_and_copies_are_independent()
    {
        var x = tensor(new[] { 1.7f, -0.2f, 0 });

        Assert.Equal([1L, 0L, 0L], x.to(ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([true, true, false], x.@bool().data<bool>().ToArray());
        Assert.Equal(float64, x.@double().dtype);
        var copy = x.clone();
        x.zero_();
        Expect.Equal([1.7, -0.2, 0], copy, 1e-6);
        Expect.Equal([1.7, -0.2, 0], x.copy_(copy), 1e-6);
        Expect.Equal([1.7, -0.2, 0], x.to(CPU).cpu(), 1e-6);
    }

    [Fact]
    public void Single_elements_become_numbers()
    {
        Assert.Equal(2.5, tensor(2.5).ToDouble());
        Assert.Equal(2.5f, tensor(2.5f).ToSingle());
        Assert.Equal(3, tensor(3L).ToInt32());
        Assert.Equal(3, (long)tensor(3L));
        Assert.True(tensor(true).ToBoolean());
        Assert.Equal(2, tensor(2.9f).ToScalar().ToInt64());
    }
}
