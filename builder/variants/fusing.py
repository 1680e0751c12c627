"""Operators of the standard as the fused ones for which the runtime's WebGPU provider has kernels.

Each pass changes how a graph says something, never what: the outputs stay the same.
"""

from __future__ import annotations

import onnx
from onnx import helper

from builder.variants.products import RUNTIME_DOMAIN, rebuilt


def fuse_norms(model: onnx.ModelProto) -> onnx.ModelProto:
    """RMSNormalization as SimplifiedLayerNormalization; with the sum of two activations before it, where
    there is one, as SkipSimplifiedLayerNormalization, which hands the sum on as well."""
    sums = residual_sums(model)
    fused = {
        node.input[0]: node
        for node in reversed(model.graph.node)
        if node.op_type == "RMSNormalization" and node.input[0] in sums
    }
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.node:
        if node.op_type == "Add" and node.output[0] in fused:
            nodes.append(with_skip(node, fused[node.output[0]]))
        elif node.op_type == "RMSNormalization" and fused.get(node.input[0]) is not node:
            nodes.append(without_skip(node))
        elif node.op_type != "RMSNormalization":
            nodes.append(node)
    return rebuilt(model, nodes, model.graph.initializer)


def residual_sums(model: onnx.ModelProto) -> set[str]:
    """The sums of two activations, [batch, tokens, hidden] each: those whose terms are no constants."""
    constants = {tensor.name for tensor in model.graph.initializer}
    sums = (node for node in model.graph.node if node.op_type == "Add")
    return {node.output[0] for node in sums if not constants.intersection(node.input)}


def with_skip(add: onnx.NodeProto, norm: onnx.NodeProto) -> onnx.NodeProto:
    """A sum and its norm as one node, in the sum's place."""
    return helper.make_node(
        "SkipSimplifiedLayerNormalization",
        [*add.input, norm.input[1]],
        [norm.output[0], "", "", add.output[0]],
        norm.name,
        domain=RUNTIME_DOMAIN,
        epsilon=helper.get_node_attr_value(norm, "epsilon"),
    )


def without_skip(norm: onnx.NodeProto) -> onnx.NodeProto:
    """A norm over the last axis of any activations. The runtime keeps its name in the standard's domain."""
    return helper.make_node(
        "SimplifiedLayerNormalization",
        list(norm.input),
        list(norm.output),
        norm.name,
        axis=-1,
        epsilon=helper.get_node_attr_value(norm, "epsilon"),
    )


def fuse_rotary(model: onnx.ModelProto) -> onnx.ModelProto:
    """The standard's RotaryEmbedding as the runtime's own, which reads the same in another order."""
    return rebuilt(model, map(own_rotary, model.graph.node), model.graph.initializer)


def own_rotary(node: onnx.NodeProto) -> onnx.NodeProto:
    """A node in the runtime's domain; any other stays."""
    if node.op_type != "RotaryEmbedding" or node.domain:
        return node
    heads, cos, sin, positions = node.input
    count = helper.get_node_attr_value(node, "num_heads")
    return helper.make_node(
        "RotaryEmbedding",
        [heads, positions, cos, sin],
        list(node.output),
        node.name,
        domain=RUNTIME_DOMAIN,
        num_heads=count,
    )
