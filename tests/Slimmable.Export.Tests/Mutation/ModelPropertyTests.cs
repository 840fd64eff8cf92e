using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Slimmable.Export.Onnx;

namespace Slimmable.Export.Tests;

public sealed class ModelPropertyTests : IDisposable
{
    private static readonly Gen<string> Texts =
        from runes in Gen.Frequency((4, Gen.Choose(0, 0x7F)), (1, Gen.Choose(0xA0, 0xD7FF)), (1, Gen.Choose(0xE000, 0x10FFFF))).ListOf()
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    private static readonly Gen<long> Numbers = Gen.Frequency((3, Gen.Choose(-3, 300).Select(value => (long)value)), (1, Gen.Elements(long.MinValue, long.MaxValue)));

    private static readonly Gen<TensorProto> Tensors =
        from name in Texts
        from dims in Numbers.ListOf()
        from data in ArbMap.Default.GeneratorFor<byte[]>()
        from numbers in Numbers.ListOf()
        from place in Texts
        select new TensorProto
        {
            Name = name,
            DataType = 1,
            Dims = { dims },
            RawData = ByteString.CopyFrom(data),
            Int64Data = { numbers },
            FloatData = { numbers.Select(number => (float)number) },
            ExternalData = { new StringStringEntryProto { Key = "location", Value = place } },
        };

    private static readonly Gen<ValueInfoProto> Values =
        from name in Texts
        from symbol in Texts
        from length in Numbers
        select new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = 1,
                    Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = symbol }, new TensorShapeProto.Types.Dimension { DimValue = length } } },
                },
            },
        };

    private static readonly Gen<ModelProto> Models =
        from depth in Gen.Choose(1, 4)
        from graph in Graphs(depth)
        from tool in Texts
        from key in Texts
        select new ModelProto
        {
            IrVersion = 8,
            ProducerName = tool,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
            MetadataProps = { new StringStringEntryProto { Key = key, Value = tool } },
            Graph = graph,
        };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Right or wrong as a model: the rules come after the reading.</summary>
    [Fact]
    public void What_any_model_says_survives_writing_and_reading() => Prop.ForAll(Models.ToArbitrary(), model =>
    {
        File.WriteAllBytes(folder.File("model.onnx"), model.ToByteArray());

        Assert.Equal(model, ModelFile.Read(folder.File("model.onnx")));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<GraphProto> Graphs(int depth) =>
        from name in Texts
        from weights in Tensors.ListOf()
        from inputs in Values.ListOf()
        from nodes in Nodes(depth).ListOf()
        select new GraphProto { Name = name, Initializer = { weights }, Input = { inputs }, Node = { nodes.Take(3) } };

    private static Gen<NodeProto> Nodes(int depth) =>
        from name in Texts
        from inputs in Texts.ListOf()
        from whole in Numbers.ListOf()
        from branch in depth > 1 ? Graphs(depth - 1).ListOf().Select(list => list.FirstOrDefault()) : Gen.Constant<GraphProto?>(null)
        select new NodeProto
        {
            Name = name,
            OpType = "If",
            Input = { inputs },
            Output = { name },
            Attribute = { Attributes(whole, branch) },
        };

    private static IEnumerable<AttributeProto> Attributes(IEnumerable<long> whole, GraphProto? branch)
    {
        yield return new AttributeProto { Name = "ints", Type = AttributeProto.Types.AttributeType.Ints, Ints = { whole }, Floats = { 1.5f }, F = 0 };
        if (branch is not null)
        {
            yield return new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = branch };
        }
    }
}
