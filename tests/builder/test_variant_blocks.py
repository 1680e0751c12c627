from __future__ import annotations

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.bundle.shards import split_weights
from builder.export.session import GraphSession
from builder.variants.activations import measure_grams
from builder.variants.blocks import BLOCK, Form, grid_of, in_blocks, packed
from builder.variants.products import Matrix
from builder.variants.rounding import rounded
from tests.builder.llamas import PROMPTS


def matrix_of(seed: int, inputs: int = 2 * BLOCK, outputs: int = 5) -> Matrix:
    return np.random.default_rng(seed).standard_normal((inputs, outputs)).astype(np.float32)


def restored(matrix: Matrix, bits: int, gram: Matrix | None = None) -> Matrix:
    grid = grid_of(matrix, Form(bits))
    levels = rounded(matrix, grid, gram)
    assert levels.min() >= 0
    assert levels.max() < 1 << bits
    return np.stack([grid.meaning(row, levels[row]) for row in range(len(matrix))])


@given(st.integers(0, 1000), st.sampled_from([4, 8]))
def test_a_block_is_rounded_to_its_own_steps(seed: int, bits: int) -> None:
    matrix = matrix_of(seed)
    matrix[:BLOCK] *= 100
    error = np.abs(restored(matrix, bits) - matrix)
    assert error[:BLOCK].max() < 100 * error[BLOCK:].max() * 20
    spread = np.ptp(matrix.reshape(-1, BLOCK, 5), axis=1).repeat(BLOCK, axis=0)
    assert (error <= spread * 0.2 + 1e-6).all()
    assert np.sqrt(np.mean((error / spread) ** 2)) < 0.4 / (1 << bits)


def test_zero_stays_zero() -> None:
    matrix = matrix_of(1)
    matrix[3] = 0
    matrix[BLOCK:] += 9
    assert not restored(matrix, 4)[3].any()
    assert not restored(np.zeros((BLOCK, 2), np.float32), 4).any()


def test_steps_that_need_not_be_finer_are_all_alike() -> None:
    matrix = matrix_of(3)
    matrix[BLOCK:, 0] *= 100
    grid = grid_of(matrix, Form(8, detail=20))
    levels = rounded(matrix, grid, None)
    assert (grid.zero_points == 128).all()
    # One block has peaks that need larger steps; the others take the matrix's.
    assert len(np.unique(grid.steps)) == 2
    finest = float(np.sqrt(np.square(matrix).mean())) / 20
    assert grid.steps.min() == pytest.approx(finest, rel=0.01)
    error = np.abs(np.stack([grid.meaning(row, levels[row]) for row in range(len(matrix))]) - matrix)
    assert (error <= grid.steps.repeat(BLOCK, axis=0) * 0.5001).all()


def test_levels_are_packed_the_first_one_low() -> None:
    levels = np.array([[1, 2, 3], [15, 0, 9]], np.uint8)
    assert packed(levels, 4).tolist() == [[0x21, 0x03], [0x0F, 0x09]]
    assert packed(levels, 8) is levels


def test_what_rounding_loses_is_made_good_by_other_inputs() -> None:
    random = np.random.default_rng(0)
    # Inputs that vary together: eight things seen through 64 channels.
    seen = (random.standard_normal((500, 8)) @ random.standard_normal((8, 64))).astype(np.float32)
    seen += 0.1 * random.standard_normal(seen.shape).astype(np.float32)
    matrix = matrix_of(2)

    def lost(gram: Matrix | None) -> float:
        return float(np.square(seen @ (restored(matrix, 4, gram) - matrix)).mean())

    assert lost(seen.T @ seen) < 0.3 * lost(None)


@pytest.mark.parametrize(("bits", "within"), [(4, 0.6), (8, 0.05)])
def test_the_variant_is_close_to_float(float_model: onnx.ModelProto, bits: int, within: float) -> None:
    reference = GraphSession(float_model.SerializeToString()).feed(PROMPTS[0])
    found = GraphSession(in_blocks(float_model, Form(bits)).SerializeToString()).feed(PROMPTS[0])
    assert np.abs(found - reference).mean() < within * np.abs(reference).mean()


def test_the_samples_bring_it_closer(float_model: onnx.ModelProto) -> None:
    before = float_model.SerializeToString(deterministic=True)
    grams = measure_grams(float_model, PROMPTS)
    assert float_model.SerializeToString(deterministic=True) == before
    reference = GraphSession(float_model.SerializeToString())
    plain, compensated = (
        GraphSession(in_blocks(float_model, Form(), given).SerializeToString()) for given in (None, grams)
    )

    def distance(session: GraphSession) -> float:
        total = 0.0
        for tokens in PROMPTS:
            reference.reset()
            session.reset()
            total += float(np.square(session.feed(tokens) - reference.feed(tokens)).mean())
        return total

    assert distance(compensated) < 0.8 * distance(plain)


def test_embedding_and_head_share_their_bytes(float_model: onnx.ModelProto) -> None:
    blocks = in_blocks(float_model, Form())
    split = split_weights(blocks, "w")
    graph = onnx.load_model_from_string(split.graph).graph
    places = {
        tensor.name: {item.key: item.value for item in tensor.external_data} for tensor in graph.initializer
    }
    (rows,) = (name for name in places if name.endswith(".rows"))
    assert places[rows] == places[rows.removesuffix(".rows") + ".blocks"]
    assert places[rows]["length"] == str(256 * 64 // 2)
    readers = {node.op_type for node in graph.node if rows.removesuffix(".rows") + ".steps" in node.input}
    assert readers == {"GatherBlockQuantized", "MatMulNBits"}


def test_equal_graphs_give_equal_bytes(float_model: onnx.ModelProto) -> None:
    grams = measure_grams(float_model, PROMPTS)
    once, twice = (
        in_blocks(float_model, Form(), grams).SerializeToString(deterministic=True) for _ in range(2)
    )
    assert once == twice
