"""python check.py FILE.onnx ...: ONNX's own checker and shape inference, as strict as they go."""
import sys

import onnx


def graphs_of(graph):
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                yield from graphs_of(attribute.g)


for path in sys.argv[1:]:
    onnx.checker.check_model(path, full_check=True)
    model = onnx.load(path)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    for declared, found in zip(model.graph.output, inferred.graph.output):
        assert declared == found, f"{path}: {declared.name} is declared as {declared.type}, and inferred as {found.type}"
    known = {value.name for value in [*inferred.graph.input, *inferred.graph.output, *inferred.graph.value_info, *inferred.graph.initializer]}
    unknown = {name for node in inferred.graph.node for name in [*node.input, *node.output]} - known - {""}
    assert not unknown, f"{path}: no shape is known of {sorted(unknown)}"
    print(path, sum(len(graph.node) for graph in graphs_of(model.graph)), "nodes")
