"""The cache's form in a browser's graph: position by position, and only the new columns come back.

The standard contract hands the whole cache back after every run, so a runtime in WebAssembly copies the past
out of its heap for nothing. After this pass the engine owns the past: it appends what a run returns and takes
columns away without a copy.

    before   past_key_values.L.key [B, kv_heads, P, head_dim]    present.L.key [B, kv_heads, P+N, head_dim]
    after    past_key_values.L.key [B, P, kv_heads, head_dim]    present.L.key [B, N, kv_heads, head_dim]

Inside, past and new columns are joined and filled up with hidden ones to a multiple of 16. The runtime's
softmax adds full vectors in one order and the rest in another; with no rest, a token's result has the same
bits however many tokens are fed with it. Rounding to eight bits would blow the last bit up to whole logits.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

from builder.errors import BuildError

MULTIPLE = 16
# As in the float graph's own bias: far below any score.
HIDDEN_SCORE = -1e9
FLAT, HEADS, FILLING, FILLED_BIAS = "cache.flat", "cache.heads", "cache.filling", "cache.bias"


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
        if node is attentions[0]:
            changed.graph.node.extend(filling_nodes(bias=node.input[3]))
        changed.graph.node.extend(attention_by_position(node) if node in attentions else [node])
    changed.graph.initializer.extend(constants(model, attentions[0]))
    for value in (*changed.graph.input, *changed.graph.output):
        if value.name.startswith(("past_key_values.", "present.")):
            declare_by_position(value)
    return changed


def filling_nodes(bias: str) -> list[onnx.NodeProto]:
    """Hidden columns that fill the length up to a multiple: as zeros [B, fill, width] and in the bias."""
    return [
        helper.make_node("Shape", ["attention_mask"], ["cache.length"], "cache.length", start=1, end=2),
        helper.make_node("Neg", ["cache.length"], ["cache.below"], "cache.below"),
        helper.make_node("Mod", ["cache.below", "cache.multiple"], ["cache.fill"], "cache.fill"),
        helper.make_node("Shape", ["attention_mask"], ["cache.batch"], "cache.batch", start=0, end=1),
        helper.make_node("Concat", ["cache.batch", "cache.fill", "cache.width"], ["cache.shape"], axis=0),
        helper.make_node("Expand", ["cache.zero", "cache.shape"], [FILLING], FILLING),
        helper.make_node("Concat", ["cache.no_pads", "cache.fill"], ["cache.pads"], axis=0),
        helper.make_node("Pad", [bias, "cache.pads", "cache.hidden"], [FILLED_BIAS], FILLED_BIAS),
    ]


def attention_by_position(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Attention over past and new columns joined outside of it, and the new columns as outputs."""
    query, key, value, _, past_key, past_value = node.input
    mixed, present_key, present_value = node.output
    joined, nodes = [], []
    for past, new, present in ((past_key, key, present_key), (past_value, value, present_value)):
        columns = [f"{past}.flat", new, FILLING]
        nodes += [
            helper.make_node("Reshape", [past, FLAT], [f"{past}.flat"], f"{past}.flatten"),
            helper.make_node("Concat", columns, [f"{present}.all"], f"{present}.join", axis=1),
            helper.make_node("Reshape", [new, HEADS], [present], f"{present}.return"),
        ]
        joined.append(f"{present}.all")
    attention = helper.make_node("Attention", [query, *joined, FILLED_BIAS], [mixed], node.name)
    attention.attribute.extend(node.attribute)
    return [*nodes, attention]


def constants(model: onnx.ModelProto, attention: onnx.NodeProto) -> list[onnx.TensorProto]:
    """The shapes that a cache tensor is flattened to and given back, and what fills it up."""
    past = next(value for value in model.graph.input if value.name == attention.input[4])
    _, heads, _, size = (dim.dim_value for dim in past.type.tensor_type.shape.dim)
    integers = {
        # Zeros keep batch and length.
        FLAT: [0, 0, heads * size],
        HEADS: [0, 0, heads, size],
        "cache.width": [heads * size],
        "cache.multiple": [MULTIPLE],
        "cache.no_pads": [0] * 7,
    }
    return [
        *(numpy_helper.from_array(np.array(value, np.int64), name) for name, value in integers.items()),
        numpy_helper.from_array(np.array(0, np.float32), "cache.zero"),
        numpy_helper.from_array(np.array(HIDDEN_SCORE, np.float32), "cache.hidden"),
    ]


def declare_by_position(value: onnx.ValueInfoProto) -> None:
    """Exchange heads and length in a cache tensor's declared shape; an output holds the new tokens."""
    dims = value.type.tensor_type.shape.dim
    heads = dims[1].dim_value
    dims[1].dim_param = "past" if value.name.startswith("past_key_values.") else "new"
    dims[2].dim_value = heads
