from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
import pytest

from builder.export.cache import address_columns
from builder.export.session import GraphSession
from builder.variants.attention import take_apart
from builder.variants.blocks import Form, in_blocks
from builder.variants.fusing import fuse_norms, fuse_rotary
from builder.variants.half import in_half
from builder.variants.registry import Arrangement
from tests.builder.llamas import PROMPTS


@pytest.fixture(scope="module")
def apart(float_model: onnx.ModelProto) -> onnx.ModelProto:
    return take_apart(address_columns(float_model))


def operators(model: onnx.ModelProto) -> Counter[tuple[str, str]]:
    return Counter((node.domain, node.op_type) for node in model.graph.node)


@pytest.mark.parametrize("change", [fuse_norms, fuse_rotary])
def test_the_graph_says_the_same(apart: onnx.ModelProto, change: Arrangement) -> None:
    before = apart.SerializeToString(deterministic=True)
    one, other = (GraphSession(model.SerializeToString()) for model in (apart, change(apart)))
    for start, stop in ((0, 9), (9, 11), (11, 12), (12, 22)):
        tokens = PROMPTS[0][start:stop]
        assert np.abs(one.feed(tokens) - other.feed(tokens)).max() < 1e-4
    assert apart.SerializeToString(deterministic=True) == before


def test_every_norm_behind_a_sum_takes_it_in(apart: onnx.ModelProto) -> None:
    before, after = operators(apart), operators(fuse_norms(apart))
    # Two layers: the first norm reads the embedding, the other four a sum.
    assert before["", "RMSNormalization"] == 5
    assert after["", "RMSNormalization"] == 0
    assert after["", "SimplifiedLayerNormalization"] == 1
    assert after["com.microsoft", "SkipSimplifiedLayerNormalization"] == 4
    assert before["", "Add"] - after["", "Add"] == 4


def test_no_rotary_embedding_of_the_standard_is_left(apart: onnx.ModelProto) -> None:
    before, after = operators(apart), operators(fuse_rotary(apart))
    assert after["", "RotaryEmbedding"] == 0
    assert after["com.microsoft", "RotaryEmbedding"] == before["", "RotaryEmbedding"] > 0


def test_sixteen_bits_are_enough(apart: onnx.ModelProto, float_model: onnx.ModelProto) -> None:
    blocks = fuse_rotary(fuse_norms(take_apart(address_columns(in_blocks(float_model, Form())))))
    for model in (apart, blocks):
        half = in_half(model)
        assert half.ByteSize() < model.ByteSize()
        expected, found = (GraphSession(one.SerializeToString()).feed(PROMPTS[0]) for one in (model, half))
        assert np.abs(found - expected).mean() < 0.02 * np.abs(expected).mean()


def test_sixteen_bits_stay_inside(apart: onnx.ModelProto) -> None:
    half = in_half(apart)
    for before, after in zip(
        (*apart.graph.input, *apart.graph.output), (*half.graph.input, *half.graph.output), strict=True
    ):
        assert before.type.tensor_type.elem_type == after.type.tensor_type.elem_type
    made = {name: node for node in half.graph.node for name in node.output}
    for node in half.graph.node:
        if node.op_type == "Softmax":
            assert made[node.input[0]].op_type == "Add"
