from __future__ import annotations

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from llamas import PROMPTS
from onnx import TensorProto, helper, numpy_helper

from builder.errors import BuildError
from builder.session import GraphSession
from builder.variants.int8 import dynamic_int8, quantize_columns


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 1000))
def test_rounding_is_within_half_a_step_of_its_column(rows: int, columns: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).standard_normal((rows, columns)).astype(np.float32)
    rounded = quantize_columns(matrix)
    error = np.abs(rounded.values * rounded.scales - matrix)
    assert (error <= rounded.scales * 0.5001).all()
    assert (np.abs(rounded.values).max(axis=0) == 127).all()


def test_an_empty_column_stays_empty() -> None:
    rounded = quantize_columns(np.zeros((3, 2), np.float32))
    assert not rounded.values.any()
    assert np.isfinite(rounded.scales).all()


def test_the_variant_is_close_to_float_and_a_quarter_of_its_size(
    float_model: onnx.ModelProto, int8_model: onnx.ModelProto
) -> None:
    reference = GraphSession(float_model.SerializeToString()).feed(PROMPTS[0])
    found = GraphSession(int8_model.SerializeToString()).feed(PROMPTS[0])
    assert np.abs(found - reference).mean() < 0.1 * np.abs(reference).mean()
    assert (found.argmax(axis=1) == reference.argmax(axis=1)).mean() > 0.9
    assert int8_model.ByteSize() < 0.45 * float_model.ByteSize()


def test_a_tokens_logits_do_not_depend_on_what_is_fed_with_it(int8_model: onnx.ModelProto) -> None:
    """A loud neighbour in the run would take all of a common scale."""
    session = GraphSession(int8_model.SerializeToString())
    session.feed(PROMPTS[0][:10], 1)
    alone = session.feed(PROMPTS[0][10:12])
    session.reset()
    session.feed(PROMPTS[0][:10], 1)
    with_drafts = session.feed([*PROMPTS[0][10:12], 1, 2, 3, 4, 5, 6, 7])
    assert np.abs(alone - with_drafts[:2]).max() <= 1e-4


def test_prefill_in_chunks_gives_the_same(int8_model: onnx.ModelProto) -> None:
    session = GraphSession(int8_model.SerializeToString())
    at_once = session.feed(PROMPTS[0], 1)
    session.reset()
    for start in range(0, len(PROMPTS[0]), 6):
        chunked = session.feed(PROMPTS[0][start : start + 6], 1)
    assert np.abs(at_once - chunked).max() <= 1e-4


def test_embedding_and_head_share_one_table(int8_model: onnx.ModelProto) -> None:
    tables = [item for item in int8_model.graph.initializer if 256 in item.dims and len(item.dims) == 2]
    assert [(table.data_type, list(table.dims)) for table in tables] == [(TensorProto.INT8, [64, 256])]
    readers = {node.op_type for node in int8_model.graph.node if tables[0].name in node.input}
    assert readers == {"Gather", "MatMulIntegerToFloat"}


def test_equal_graphs_give_equal_bytes(float_model: onnx.ModelProto, int8_model: onnx.ModelProto) -> None:
    again = dynamic_int8(float_model)
    assert again.SerializeToString(deterministic=True) == int8_model.SerializeToString(deterministic=True)


def small_graph(*nodes: onnx.NodeProto) -> onnx.ModelProto:
    matrix = numpy_helper.from_array(np.ones((2, 3), np.float32), "w")
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])
    return helper.make_model(helper.make_graph(nodes, "g", [value], [], [matrix]))


def test_an_unknown_reader_of_a_matrix_is_refused() -> None:
    product = helper.make_node("MatMul", ["x", "w"], ["y"])
    with pytest.raises(BuildError, match="a Relu node reads the matrix 'w'"):
        dynamic_int8(small_graph(product, helper.make_node("Relu", ["w"], ["z"])))


def test_a_graph_without_products_is_refused() -> None:
    with pytest.raises(BuildError, match="no product"):
        dynamic_int8(small_graph(helper.make_node("Relu", ["x"], ["y"])))
