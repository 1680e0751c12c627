"""A graph's form for WebGPU: attention as products and a softmax.

The runtime's WebGPU provider has no kernel for the standard's Attention and would send it to the processor,
the cache with it, in every layer. Everything else of our graphs it runs itself.

Query heads are stacked on the rows of their key head, so that the cache is never repeated (N new tokens,
C columns, G query heads for each of K key heads, S wide; one sequence):

    query [1, N, K*G*S] -> [K, G*N, S]     keys [1, C, K*S] -> [K, S, C]     values [1, C, K*S] -> [K, C, S]
    softmax(query @ keys * scale + bias) @ values -> [K, G*N, S] -> [1, N, K*G*S]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import helper, numpy_helper

from builder.errors import BuildError

STACKED_BIAS, SCALE = "webgpu.bias", "webgpu.scale"


@dataclass(frozen=True)
class Heads:
    """Key heads, query heads for each of them, and their width."""

    keys: int
    group: int
    size: int

    def shapes(self) -> dict[str, list[int]]:
        """Every shape that an attention's tensors pass through, by name."""
        return {
            "webgpu.split": [-1, self.keys, self.group, self.size],
            "webgpu.stacked": [self.keys, -1, self.size],
            "webgpu.columns": [-1, self.keys, self.size],
            "webgpu.spread": [self.keys, self.group, -1, self.size],
            "webgpu.flat": [1, -1, self.keys * self.group * self.size],
        }


def take_apart(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with its attention over addressed columns taken apart; the graph given is left alone.

    Raises BuildError when there is none.
    """
    attentions = [node for node in model.graph.node if node.op_type == "Attention" and len(node.input) == 4]
    if not attentions:
        raise BuildError("the graph has no Attention over columns", "address its columns first")
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    del changed.graph.node[:]
    heads, scale = heads_of(model, attentions[0])
    for node in model.graph.node:
        if node is attentions[0]:
            changed.graph.node.extend(bias_nodes(node.input[3], heads.group))
        changed.graph.node.extend(taken_apart(node) if node in attentions else [node])
    arrays = {name: np.array(shape, np.int64) for name, shape in heads.shapes().items()}
    arrays |= {SCALE: np.array(scale, np.float32), "webgpu.first": np.array([0], np.int64)}
    changed.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in arrays.items())
    return changed


def heads_of(model: onnx.ModelProto, attention: onnx.NodeProto) -> tuple[Heads, float]:
    """The heads of an attention and the scale of its scores."""
    given = {attribute.name: helper.get_attribute_value(attribute) for attribute in attention.attribute}
    past = next(value for value in model.graph.input if value.name.startswith("past_key_values."))
    keys, size = (dim.dim_value for dim in past.type.tensor_type.shape.dim[2:])
    return Heads(keys, given["q_num_heads"] // keys, size), given["scale"]


def bias_nodes(bias: str, group: int) -> list[onnx.NodeProto]:
    """The bias [1, 1, N, C] once for each query head of a group: [1, G*N, C]."""
    return [
        helper.make_node("Squeeze", [bias, "webgpu.first"], ["webgpu.bias.once"], "webgpu.bias.once"),
        helper.make_node("Concat", ["webgpu.bias.once"] * group, [STACKED_BIAS], STACKED_BIAS, axis=1),
    ]


def taken_apart(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """One attention as standard nodes."""
    query, key, value, _ = node.input
    (mixed,) = node.output
    made: list[onnx.NodeProto] = []

    def add(operator: str, inputs: list[str], part: str, **attributes: object) -> str:
        made.append(helper.make_node(operator, inputs, [f"{mixed}.{part}"], f"{mixed}.{part}", **attributes))
        return f"{mixed}.{part}"

    split = add("Reshape", [query, "webgpu.split"], "split")
    by_head = add("Transpose", [split], "by_head", perm=[1, 2, 0, 3])
    queries = add("Reshape", [by_head, "webgpu.stacked"], "queries")
    keys = add("Transpose", [add("Reshape", [key, "webgpu.columns"], "keys.columns")], "keys", perm=[1, 2, 0])
    values = add(
        "Transpose", [add("Reshape", [value, "webgpu.columns"], "values.columns")], "values", perm=[1, 0, 2]
    )
    scores = add("Mul", [add("MatMul", [queries, keys], "products"), SCALE], "scaled")
    weights = add("Softmax", [add("Add", [scores, STACKED_BIAS], "scores")], "weights", axis=-1)
    heads = add("Reshape", [add("MatMul", [weights, values], "heads"), "webgpu.spread"], "spread")
    back = add("Transpose", [heads], "back", perm=[2, 0, 1, 3])
    made.append(helper.make_node("Reshape", [back, "webgpu.flat"], [mixed], mixed))
    return made
