from __future__ import annotations

import itertools

import numpy as np
import onnx
import pytest

from builder.errors import BuildError
from builder.export.cache import address_columns
from builder.export.session import GraphSession
from tests.builder.branches import side_by_side
from tests.builder.llamas import PROMPTS


def test_only_new_columns_come_back_and_say_the_same(
    int8_model: onnx.ModelProto, browser_model: onnx.ModelProto
) -> None:
    whole = GraphSession(int8_model.SerializeToString())
    columns = GraphSession(browser_model.SerializeToString())
    for start, stop in ((0, 9), (9, 11), (11, 14), (14, 22)):
        tokens = PROMPTS[0][start:stop]
        assert np.abs(whole.feed(tokens) - columns.feed(tokens)).max() < 1e-3
        by_head = whole.cache["past_key_values.1.key"]
        by_column = columns.cache["past_key_values.1.key"][:, :stop].transpose(0, 2, 1, 3)
        assert np.abs(by_column - by_head).max() < 1e-3


def test_the_shapes_are_declared(browser_model: onnx.ModelProto) -> None:
    shapes = {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*browser_model.graph.input, *browser_model.graph.output)
    }
    assert shapes["past_key_values.0.key"] == [1, "past", 2, 16]
    assert shapes["present.0.key"] == [1, "new", 2, 16]
    assert shapes["columns"] == ["new"]
    assert shapes["visible"] == [1, "new", "past"]
    assert "attention_mask" not in shapes


@pytest.mark.parametrize("chunk", [2, 3, 5, 8, 16, 21])
def test_the_bits_are_the_same_however_the_tokens_are_cut(browser_model: onnx.ModelProto, chunk: int) -> None:
    """Runs of one token are left out here: outside the browser they take another kernel."""
    session = GraphSession(browser_model.SerializeToString())
    tokens = [*PROMPTS[0], *PROMPTS[0]]
    at_once = session.feed(tokens)
    session.reset()
    starts = range(0, len(tokens) - 1, chunk)
    cuts = [*starts[:-1], len(tokens)] if (len(tokens) - starts[-1]) == 1 else [*starts, len(tokens)]
    parts = [session.feed(tokens[start:stop]) for start, stop in itertools.pairwise(cuts)]
    assert np.array_equal(np.concatenate(parts), at_once)


def test_going_back_is_to_forget(browser_model: onnx.ModelProto) -> None:
    session = GraphSession(browser_model.SerializeToString())
    session.feed(PROMPTS[0][:12], 1)
    once = session.feed([3, 4, 5, 6])
    session.past = 12
    assert np.array_equal(session.feed([3, 4, 5, 6]), once)


def test_branches_side_by_side_say_what_they_say_alone(browser_model: onnx.ModelProto) -> None:
    session = GraphSession(browser_model.SerializeToString())
    prefix, branches = PROMPTS[0][:12], ([3, 4, 5, 6], [7, 8], [9, 10, 11])
    session.feed(prefix, 1)
    alone = []
    for branch in branches:
        session.past = len(prefix)
        alone.append(session.feed(branch))
    packed = session.feed_columns(*side_by_side(len(prefix), branches))
    assert np.abs(packed - np.concatenate(alone)).max() < 1e-4


def test_a_branch_has_the_same_bits_whatever_runs_beside_it(browser_model: onnx.ModelProto) -> None:
    session = GraphSession(browser_model.SerializeToString())
    prefix, branches = PROMPTS[0][:12], ([3, 4, 5, 6], [7, 8], [9, 10, 11])
    session.feed(prefix, 1)
    packed = session.feed_columns(*side_by_side(len(prefix), branches))
    changed = session.feed_columns(*side_by_side(len(prefix), ([13, 14], branches[1], [9, 12, 11, 15])))
    assert np.array_equal(packed[4:6], changed[2:4])


def test_the_graph_given_is_left_alone(int8_model: onnx.ModelProto) -> None:
    before = int8_model.SerializeToString(deterministic=True)
    address_columns(int8_model)
    assert int8_model.SerializeToString(deterministic=True) == before


def test_a_graph_without_a_cache_is_refused(browser_model: onnx.ModelProto) -> None:
    with pytest.raises(BuildError, match="no Attention with a cache"):
        address_columns(browser_model)
