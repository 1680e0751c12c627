"""The cache's form in a browser's graph: addressed columns, and only the new ones come back.

The standard contract hands the whole cache back after every run, so a runtime in WebAssembly copies the past
out of its heap for nothing, and its mask knows one sequence only. After this pass the engine owns the cache
as a row of columns: it says where each new token's column goes and which columns each new token may see. So
several branches of one prefix, or of several documents, run side by side in one forward, and what a run
returns can be forgotten without a copy.

    before   past_key_values.L.key [B, kv_heads, P, head_dim]    present.L.key [B, kv_heads, P+N, head_dim]
             past_conv.L [B, hidden, P]                          present_conv.L [B, hidden, P+N]
             attention_mask [B, P+N]
    after    past_key_values.L.key [1, C, kv_heads, head_dim]    present.L.key [1, N, kv_heads, head_dim]
             past_conv.L [1, R, hidden]                          present_conv.L [1, N, hidden]
             columns [N] int64, where in 0..C each new column goes · visible [1, N, C] bool, its own included
             near [1, N, C] bool, where layers see a window: the visible columns inside it
             previous [N, K-1] int64, where layers convolve over K tokens: for each token the rows of the K-1
             before it, farthest first, counted through the R rows of the past and then the N new ones

Columns that a token does not see may hold any finite numbers. The engine makes C a multiple of 16 and
begins every branch at one: the runtime's softmax adds full vectors in one order and the rest in another, so
a token's result has the same bits however many tokens are fed with it. Rounding to eight bits would blow the
last bit up to whole logits. A convolution needs no more of the past than the rows that `previous` names:
row 0 is zeros, for what lies before the text, and a token that was taken back is a row that nobody names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from builder.errors import BuildError
from builder.export.operators import FUSED_DOMAIN, HIDDEN_SCORE, SHORT_CONVOLUTION, WINDOW_NOTE

MULTIPLE = 16
COLUMNS, VISIBLE, NEAR, PREVIOUS = "columns", "visible", "near", "previous"
FLAT, BATCHED, HEADS, INDICES = "cache.flat", "cache.batched", "cache.heads", "cache.indices"
ROWS, ONE_BATCH = "cache.rows", "cache.one_batch"


@dataclass(frozen=True)
class Layout:
    """What a graph's layers hold: attentions, short convolutions, and windows by the number of the layer."""

    attentions: tuple[onnx.NodeProto, ...]
    convolutions: tuple[onnx.NodeProto, ...]
    windows: dict[int, int]
    # How many tokens before its own a convolution reads.
    reach: int


def layout_of(model: onnx.ModelProto) -> Layout:
    """Read a graph of the standard contract. Raises BuildError when no Attention in it holds a cache."""
    nodes = model.graph.node
    attentions = tuple(node for node in nodes if node.op_type == "Attention" and len(node.input) == 6)
    if not attentions:
        raise BuildError("the graph has no Attention with a cache", "export the graph again")
    convolutions = tuple(node for node in nodes if is_short_convolution(node))
    sizes = {tensor.name: tensor.dims for tensor in model.graph.initializer}
    reach = sizes[convolutions[0].input[1]][1] - 1 if convolutions else 0
    return Layout(attentions, convolutions, windows_of(model), reach)


def windows_of(model: onnx.ModelProto) -> dict[int, int]:
    """The window of each layer that has one, as the exporter noted it."""
    note = next((prop.value for prop in model.metadata_props if prop.key == WINDOW_NOTE), "")
    pairs = (part.split(":") for part in note.split())
    return {int(layer): int(window) for layer, window in pairs}


def is_short_convolution(node: onnx.NodeProto) -> bool:
    """Whether a node is our short convolution."""
    return bool(node.domain == FUSED_DOMAIN and node.op_type == SHORT_CONVOLUTION)


def address_columns(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with a cache of addressed columns, of which only the new ones are returned.

    The graph given is left alone. Raises BuildError when it has no Attention that holds a cache.
    """
    layout = layout_of(model)
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    del changed.graph.node[:]
    changed.graph.node.extend(shared_nodes(layout))
    for node in model.graph.node:
        changed.graph.node.extend(addressed(node, layout))
    changed.graph.initializer.extend(constants(model, layout))
    drop_convolutions(changed, layout)
    declare(changed, layout)
    drop_unused(changed)
    return changed


def shared_nodes(layout: Layout) -> list[onnx.NodeProto]:
    """What every layer uses: the new columns' places [N, 1] and the biases [1, 1, N, C]."""
    nodes = [helper.make_node("Unsqueeze", [COLUMNS, "cache.last"], [INDICES], INDICES)]
    for seen in (VISIBLE, NEAR) if layout.windows else (VISIBLE,):
        scores = f"{seen}.scores"
        nodes += [
            helper.make_node("Where", [seen, "cache.seen", "cache.hidden"], [scores], scores),
            helper.make_node("Unsqueeze", [scores, "cache.head"], [f"{seen}.bias"], f"{seen}.bias"),
        ]
    return nodes


def addressed(node: onnx.NodeProto, layout: Layout) -> list[onnx.NodeProto]:
    """The nodes that stand for `node` over addressed columns."""
    if node in layout.attentions:
        layer = int(node.input[4].split(".")[1])
        return attention_by_column(node, f"{NEAR if layer in layout.windows else VISIBLE}.bias")
    if node in layout.convolutions:
        return convolution_by_row(node)
    return [node]


def attention_by_column(node: onnx.NodeProto, bias: str) -> list[onnx.NodeProto]:
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
    attention = helper.make_node("Attention", [query, *whole, bias], [mixed], node.name)
    attention.attribute.extend(node.attribute)
    return [*nodes, attention]


def convolution_by_row(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """A short convolution over named rows: [N, K-1, hidden] of the tokens before, and the new ones."""
    new, kernel, bias, _, past = node.input
    mixed, present = node.output
    made: list[onnx.NodeProto] = []

    def add(operator: str, inputs: list[str], part: str, **attributes: int) -> str:
        made.append(
            helper.make_node(operator, inputs, [f"{present}.{part}"], f"{present}.{part}", **attributes)
        )
        return f"{present}.{part}"

    rows = add("Reshape", [add("Concat", [past, new], "all", axis=1), ROWS], "rows")
    before = add("Mul", [add("Gather", [rows, PREVIOUS], "before", axis=0), f"{kernel}.before"], "weighed")
    summed = add("ReduceSum", [before, "cache.summed"], "summed", keepdims=0)
    own = add("Add", [add("Mul", [new, f"{kernel}.own"], "own"), bias], "own_biased")
    made.append(helper.make_node("Add", [own, add("Unsqueeze", [summed, "cache.batch"], "batched")], [mixed]))
    made.append(helper.make_node("Identity", [new], [present], f"{present}.return"))
    return made


def drop_convolutions(model: onnx.ModelProto, layout: Layout) -> None:
    """Put the kernels into the form that rows are weighed by, in place, and forget the operator's body."""
    kernels = {node.input[1] for node in layout.convolutions}
    for tensor in [tensor for tensor in model.graph.initializer if tensor.name in kernels]:
        kernel = numpy_helper.to_array(tensor)
        model.graph.initializer.append(
            numpy_helper.from_array(np.ascontiguousarray(kernel[:, :-1].T), f"{tensor.name}.before")
        )
        model.graph.initializer.append(
            numpy_helper.from_array(np.ascontiguousarray(kernel[:, -1]), f"{tensor.name}.own")
        )
    del model.functions[:]
    kept = [opset for opset in model.opset_import if opset.domain != FUSED_DOMAIN]
    del model.opset_import[:]
    model.opset_import.extend(kept)


def constants(model: onnx.ModelProto, layout: Layout) -> list[onnx.TensorProto]:
    """The shapes that a cache tensor is flattened to and given back, and the scores of the mask."""
    past = value_info(model, layout.attentions[0].input[4])
    _, heads, _, size = (dim.dim_value for dim in past.type.tensor_type.shape.dim)
    integers = {
        FLAT: [-1, heads * size],
        BATCHED: [1, -1, heads * size],
        HEADS: [1, -1, heads, size],
        "cache.last": [1],
        "cache.head": [1],
        "cache.batch": [0],
        "cache.summed": [1],
    }
    if layout.convolutions:
        hidden = value_info(model, layout.convolutions[0].input[4])
        integers[ROWS] = [-1, hidden.type.tensor_type.shape.dim[1].dim_value]
    floats = {"cache.seen": 0.0, "cache.hidden": HIDDEN_SCORE}
    arrays: dict[str, NDArray[np.generic]] = {
        **{name: np.array(value, np.int64) for name, value in integers.items()},
        **{name: np.array(value, np.float32) for name, value in floats.items()},
    }
    return [numpy_helper.from_array(value, name) for name, value in arrays.items()]


def value_info(model: onnx.ModelProto, name: str) -> onnx.ValueInfoProto:
    """The declaration of an input."""
    return next(value for value in model.graph.input if value.name == name)


def declare(model: onnx.ModelProto, layout: Layout) -> None:
    """Give inputs and outputs the names and shapes of the contract, in place."""
    inputs = [value for value in model.graph.input if value.name != "attention_mask"]
    for value in (*inputs, *model.graph.output):
        declare_one(value)
    inputs += [
        helper.make_tensor_value_info(COLUMNS, TensorProto.INT64, ["new"]),
        helper.make_tensor_value_info(VISIBLE, TensorProto.BOOL, [1, "new", "past"]),
    ]
    if layout.windows:
        inputs.append(helper.make_tensor_value_info(NEAR, TensorProto.BOOL, [1, "new", "past"]))
    if layout.convolutions:
        inputs.append(helper.make_tensor_value_info(PREVIOUS, TensorProto.INT64, ["new", layout.reach]))
    kept = [onnx.ValueInfoProto.FromString(value.SerializeToString()) for value in inputs]
    del model.graph.input[:]
    model.graph.input.extend(kept)


def declare_one(value: onnx.ValueInfoProto) -> None:
    """One sequence at a time; a cache tensor's columns come before what they hold."""
    dims = value.type.tensor_type.shape.dim
    if dims and dims[0].dim_param:
        dims[0].Clear()
        dims[0].dim_value = 1
    if value.name.startswith(("past_key_values.", "present.")):
        heads = dims[1].dim_value
        dims[1].dim_param = "past" if value.name.startswith("past") else "new"
        dims[2].dim_value = heads
    if value.name.startswith(("past_conv.", "present_conv.")):
        hidden = dims[1].dim_value
        dims[1].dim_param = "rows" if value.name.startswith("past") else "new"
        dims[2].dim_value = hidden


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
