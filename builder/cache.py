"""The cache's form in a browser's graph: position by position, and only the new columns come back.

The standard contract hands the whole cache back after every run, so a runtime in WebAssembly copies the past out of
its heap for nothing. After this pass the engine owns the past: it appends what a run returns and takes columns
away without a copy.

    before   past_key_values.L.key [B, kv_heads, P, head_dim]    present.L.key [B, kv_heads, P+N, head_dim]
    after    past_key_values.L.key [B, P, kv_heads, head_dim]    present.L.key [B, N, kv_heads, head_dim]
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

from builder.errors import BuildError

FLAT, HEADS = "cache.flat", "cache.heads"


def return_new_columns(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with a cache by position, of which only the new columns are returned.

    The graph given is left alone. Raises BuildError when it has no Attention that holds a cache.
    """
    attentions = [node for node in model.graph.node if node.op_type == "Attention" and len(node.input) == 6]
    if not attentions:
        raise BuildError("the graph has no Attention with a cache", "export the graph again")
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    del changed.graph.node[:]
    for node in model.graph.node:
        changed.graph.node.extend(attention_by_position(node) if node in attentions else [node])
    changed.graph.initializer.extend(shape_constants(model, attentions[0]))
    for value in (*changed.graph.input, *changed.graph.output):
        if value.name.startswith(("past_key_values.", "present.")):
            declare_by_position(value)
    return changed


def attention_by_position(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Attention over past and new columns joined outside of it, and the new columns as outputs."""
    query, key, value, bias, past_key, past_value = node.input
    mixed, present_key, present_value = node.output
    joined, nodes = [], []
    for past, new, present in ((past_key, key, present_key), (past_value, value, present_value)):
        nodes += [
            helper.make_node("Reshape", [past, FLAT], [f"{past}.flat"], f"{past}.flatten"),
            helper.make_node("Concat", [f"{past}.flat", new], [f"{present}.all"], f"{present}.join", axis=1),
            helper.make_node("Reshape", [new, HEADS], [present], f"{present}.return"),
        ]
        joined.append(f"{present}.all")
    attention = helper.make_node("Attention", [query, *joined, bias], [mixed], node.name)
    attention.attribute.extend(node.attribute)
    return [*nodes, attention]


def shape_constants(model: onnx.ModelProto, attention: onnx.NodeProto) -> list[onnx.TensorProto]:
    """The shapes that a cache tensor is flattened to and given back: zeros keep batch and length."""
    past = next(value for value in model.graph.input if value.name == attention.input[4])
    _, heads, _, size = (dim.dim_value for dim in past.type.tensor_type.shape.dim)
    return [
        numpy_helper.from_array(np.array([0, 0, heads * size], np.int64), FLAT),
        numpy_helper.from_array(np.array([0, 0, heads, size], np.int64), HEADS),
    ]


def declare_by_position(value: onnx.ValueInfoProto) -> None:
    """Exchange the axes of heads and length in a cache tensor's declared shape; an output holds the new tokens."""
    dims = value.type.tensor_type.shape.dim
    heads = dims[1].dim_value
    dims[1].dim_param = "past" if value.name.startswith("past_key_values.") else "new"
    dims[2].dim_value = heads
