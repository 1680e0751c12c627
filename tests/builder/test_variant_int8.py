from __future__ import annotations

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from builder.errors import BuildError
from builder.export.session import GraphSession
from builder.variants.blocks import Form, in_blocks
from builder.variants.int8 import columns_of, dynamic_int8
from builder.variants.rounding import rounded
from tests.builder.llamas import PROMPTS


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 1000))
def test_rounding_is_within_half_a_step_of_its_column(rows: int, columns: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).standard_normal((rows, columns)).astype(np.float32)
    grid = columns_of(matrix)
    levels = rounded(matrix, grid, None)
    assert (np.abs(levels * grid.scales - matrix) <= grid.scales * 0.5001).all()
    assert (np.abs(levels).max(axis=0) == 127).all()


def test_no_step_is_finer_than_the_detail_asks_for() -> None:
    matrix = np.random.default_rng(0).standard_normal((64, 8)).astype(np.float32)
    matrix[0, 0] = 50
    fine, coarse = columns_of(matrix), columns_of(matrix, detail=20)
    spread = float(np.sqrt(np.square(matrix).mean()))
    assert coarse.scales == pytest.approx(np.maximum(fine.scales, spread / 20))
    assert coarse.scales[0] == fine.scales[0]
    assert len(np.unique(rounded(matrix, coarse, None))) < len(np.unique(rounded(matrix, fine, None)))


def test_an_empty_column_stays_empty() -> None:
    grid = columns_of(np.zeros((3, 2), np.float32), detail=20)
    assert not rounded(np.zeros((3, 2), np.float32), grid, None).any()
    assert (grid.scales > 0).all()


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


def test_an_embedding_of_its_own_is_rounded_by_rows() -> None:
    """A table that no head shares: gathered by rows, each with its scale."""
    table = np.random.default_rng(0).standard_normal((1 << 15, 32)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "ids"], ["found"]),
            helper.make_node("MatMul", ["found", "unit"], ["y"]),
        ],
        "g",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, None])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, None, 32])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.eye(32, dtype=np.float32), "unit"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)], ir_version=10)
    ids = np.array([[5, 30000, 5]], np.int64)
    for variant, within in ((dynamic_int8(model), 0.05), (in_blocks(model, Form(8)), 0.02)):
        assert variant.ByteSize() < 0.5 * model.ByteSize()
        session = InferenceSession(variant.SerializeToString(), providers=["CPUExecutionProvider"])
        (found,) = session.run(None, {"ids": ids})
        assert np.abs(found - table[ids]).max() < within


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
