from __future__ import annotations

import numpy as np
import onnx
import pytest

from builder.errors import BuildError
from builder.export.cache import address_columns
from builder.export.session import GraphSession
from builder.variants.attention import take_apart
from tests.builder.llamas import PROMPTS


def test_the_graph_says_the_same(float_model: onnx.ModelProto) -> None:
    columns = address_columns(float_model)
    whole, apart = (GraphSession(model.SerializeToString()) for model in (columns, take_apart(columns)))
    for start, stop in ((0, 9), (9, 11), (11, 12), (12, 22)):
        tokens = PROMPTS[0][start:stop]
        assert np.abs(whole.feed(tokens) - apart.feed(tokens)).max() < 1e-4


def test_no_attention_is_left(float_model: onnx.ModelProto) -> None:
    columns = address_columns(float_model)
    before = columns.SerializeToString(deterministic=True)
    assert "Attention" not in {node.op_type for node in take_apart(columns).graph.node}
    assert columns.SerializeToString(deterministic=True) == before


def test_a_graph_without_columns_is_refused(float_model: onnx.ModelProto) -> None:
    with pytest.raises(BuildError, match="no Attention over columns"):
        take_apart(float_model)
