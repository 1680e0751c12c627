"""What the products of a graph are given on the sample texts: how their inputs vary together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from builder.export.session import GraphSession
from builder.variants.products import find_weights, read_at

# By matrix: the Gram matrix [inputs, inputs] of the activations that it is multiplied with.
Grams = Mapping[str, NDArray[np.float32]]


def measure_grams(model: onnx.ModelProto, prompts: Sequence[list[int]]) -> Grams:
    """The Gram matrices of a float32 graph of the standard contract over prompts, each fed at once.

    Products of the same activations share one array. The graph is left as it was. Raises BuildError when it
    has no product with a constant matrix.
    """
    sources = activations(model)
    session = GraphSession(with_outputs(model, dict.fromkeys(sources.values())))
    found: dict[str, NDArray[np.float32]] = {}
    for tokens in prompts:
        session.reset()
        session.feed(tokens)
        for source in dict.fromkeys(sources.values()):
            rows = session.cache[source].reshape(-1, session.cache[source].shape[-1])
            product = rows.T @ rows
            found[source] = found[source] + product if source in found else product
    return {matrix: found[source] for matrix, source in sources.items()}


def activations(model: onnx.ModelProto) -> dict[str, str]:
    """The activations that each matrix is multiplied with, by the matrix's name.

    Not of one from which an embedding gathers: what makes products good makes its columns worse.
    """
    gathered = read_at(model, "Gather", 0)
    matrices = [name for name in find_weights(model).matrices if name not in gathered]
    products = [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in matrices]
    return {node.input[1]: node.input[0] for node in products}


def with_outputs(model: onnx.ModelProto, names: Mapping[str, None]) -> bytes:
    """The graph with some of its tensors as outputs besides its own, serialised."""
    count = len(model.graph.output)
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    try:
        data: bytes = model.SerializeToString()
    finally:
        del model.graph.output[count:]
    return data
