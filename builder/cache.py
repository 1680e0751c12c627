"""The cache's form in a browser's graph: addressed columns, and only the new ones come back.

The standard contract hands the whole cache back after every run, so a runtime in WebAssembly copies the past
out of its heap for nothing, and its mask knows one sequence only. After this pass the engine owns the cache
as a row of columns: it says where each new token's column goes and which columns each new token may see. So
several branches of one prefix, or of several documents, run side by side in one forward, and what a run
returns can be forgotten without a copy.

    before   past_key_values.L.key [B, kv_heads, P, head_dim]    present.L.key [B, kv_heads, P+N, head_dim]
             attention_mask [B, P+N]
    after    past_key_values.L.key [1, C, kv_heads, head_dim]    present.L.key [1, N, kv_heads, head_dim]
             columns [N] int64, where in 0..C each new column goes · visible [1, N, C] bool, its own included

Columns that a token does not see may hold any finite numbers. The engine makes C a multiple of 16 and
begins every branch at one: the runtime's softmax adds full vectors in one order and the rest in another, so
a token's result has the same bits however many tokens are fed with it. Rounding to eight bits would blow the
last bit up to whole logits.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from builder.errors import BuildError

MULTIPLE = 16
# As in the float graph's own bias: far below any score.
HIDDEN_SCORE = -1e9
COLUMNS, VISIBLE, BIAS = "columns", "visible", "cache.bias"
FLAT, BATCHED, HEADS, INDICES = "cache.flat", "cache.batched", "cache.heads", "cache.indices"


def address_columns(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with a cache of addressed columns, of which only the new ones are returned.

    The graph given is left alone. Raises BuildError when it has no Attention that holds a cache.
    """
    attentions = [node for node in model.graph.node if node.op_type == "Attention" and len(node.input) == 6]
    if not attentions:
        raise BuildError("the graph has no Attention with a cache", "export the graph again")
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    del changed.graph.node[:]
    changed.graph.node.extend(shared_nodes())
    for node in model.graph.node:
        changed.graph.node.extend(attention_by_column(node) if node in attentions else [node])
    changed.graph.initializer.extend(constants(model, attentions[0]))
    declare(changed)
    drop_unused(changed)
    return changed


def shared_nodes() -> list[onnx.NodeProto]:
    """What every layer uses: the new columns' places [N, 1] and the bias [1, 1, N, C]."""
    return [
        helper.make_node("Unsqueeze", [COLUMNS, "cache.last"], [INDICES], INDICES),
        helper.make_node("Where", [VISIBLE, "cache.seen", "cache.hidden"], ["cache.scores"], "cache.scores"),
        helper.make_node("Unsqueeze", ["cache.scores", "cache.head"], [BIAS], BIAS),
    ]


def attention_by_column(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """Attention over the cache with the new columns put in their places, and these columns as outputs."""
    query, key, value, _, past_key, past_value = node.input
    mixed, present_key, present_value = node.output
    whole, nodes = [], []
    for past, new, present in ((past_key, key, present_key), (past_value, value, present_value)):
        names = {part: f"{present}.{part}" for part in ("past", "new", "put", "all")}
        nodes += [
            helper.make_node("Reshape", [past, FLAT], [names["past"]], names["past"]),
            helper.make_node("Reshape", [new, FLAT], [names["new"]], names["new"]),
            helper.make_node(
                "ScatterND", [names["past"], INDICES, names["new"]], [names["put"]], names["put"]
            ),
            helper.make_node("Reshape", [names["put"], BATCHED], [names["all"]], names["all"]),
            helper.make_node("Reshape", [new, HEADS], [present], f"{present}.return"),
        ]
        whole.append(names["all"])
    attention = helper.make_node("Attention", [query, *whole, BIAS], [mixed], node.name)
    attention.attribute.extend(node.attribute)
    return [*nodes, attention]


def constants(model: onnx.ModelProto, attention: onnx.NodeProto) -> list[onnx.TensorProto]:
    """The shapes that a cache tensor is flattened to and given back, and the scores of the mask."""
    past = next(value for value in model.graph.input if value.name == attention.input[4])
    _, heads, _, size = (dim.dim_value for dim in past.type.tensor_type.shape.dim)
    integers = {
        FLAT: [-1, heads * size],
        BATCHED: [1, -1, heads * size],
        HEADS: [1, -1, heads, size],
        "cache.last": [1],
        "cache.head": [1],
    }
    floats = {"cache.seen": 0.0, "cache.hidden": HIDDEN_SCORE}
    return [
        *(numpy_helper.from_array(np.array(value, np.int64), name) for name, value in integers.items()),
        *(numpy_helper.from_array(np.array(value, np.float32), name) for name, value in floats.items()),
    ]


def declare(model: onnx.ModelProto) -> None:
    """Give inputs and outputs the names and shapes of the contract, in place."""
    inputs = [value for value in model.graph.input if value.name != "attention_mask"]
    for value in (*inputs, *model.graph.output):
        dims = value.type.tensor_type.shape.dim
        if dims and dims[0].dim_param:
            dims[0].Clear()
            dims[0].dim_value = 1
        if value.name.startswith(("past_key_values.", "present.")):
            heads = dims[1].dim_value
            dims[1].dim_param = "past" if value.name.startswith("past_key_values.") else "new"
            dims[2].dim_value = heads
    inputs += [
        helper.make_tensor_value_info(COLUMNS, TensorProto.INT64, ["new"]),
        helper.make_tensor_value_info(VISIBLE, TensorProto.BOOL, [1, "new", "past"]),
    ]
    kept = [onnx.ValueInfoProto.FromString(value.SerializeToString()) for value in inputs]
    del model.graph.input[:]
    model.graph.input.extend(kept)


def drop_unused(model: onnx.ModelProto) -> None:
    """Take out, in place, the nodes and constants that nothing needs any more: the old mask's."""
    needed = {output.name for output in model.graph.output}
    kept: list[onnx.NodeProto] = []
    for node in reversed(model.graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            kept.append(node)
    nodes = [onnx.NodeProto.FromString(node.SerializeToString()) for node in reversed(kept)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    for tensor in [tensor for tensor in model.graph.initializer if tensor.name not in needed]:
        model.graph.initializer.remove(tensor)
