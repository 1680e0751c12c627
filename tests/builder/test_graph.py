from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from transformers import LlamaForCausalLM

from builder.decoder.blocks import causal_bias
from builder.errors import BuildError
from builder.export.figures import check_logits, model_logits
from builder.export.graph import GraphDecoder
from builder.export.session import GraphSession
from tests.builder.llamas import PROMPTS, tiny_llama


def test_the_graph_agrees_with_transformers_at_once_and_in_steps(
    model: LlamaForCausalLM, float_path: Path
) -> None:
    assert check_logits(model_logits(model, PROMPTS), float_path, PROMPTS) < 1e-4


@pytest.mark.parametrize(("keep", "kept"), [(1, 1), (3, 3), (0, 22)])
def test_logits_are_kept_from_the_end(float_path: Path, keep: int, kept: int) -> None:
    session = GraphSession(float_path)
    every = session.feed(PROMPTS[0])
    session.reset()
    found = session.feed(PROMPTS[0], keep)
    assert found.shape == (kept, 256)
    assert np.abs(found - every[-kept:]).max() < 1e-5


def test_the_contract_is_declared(float_model: onnx.ModelProto) -> None:
    def shapes(values: list[onnx.ValueInfoProto]) -> dict[str, list[object]]:
        return {
            value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
            for value in values
        }

    inputs, outputs = shapes(list(float_model.graph.input)), shapes(list(float_model.graph.output))
    assert inputs["input_ids"] == ["batch", "new"]
    assert inputs["attention_mask"] == ["batch", "past+new"]
    assert inputs["past_key_values.1.value"] == ["batch", 2, "past", 16]
    assert inputs["num_logits_to_keep"] == []
    assert outputs["logits"] == ["batch", "kept", 256]
    assert outputs["present.0.key"] == ["batch", 2, "past+new", 16]


def test_a_layer_is_a_handful_of_nodes(float_model: onnx.ModelProto) -> None:
    kinds = Counter(node.op_type for node in float_model.graph.node)
    assert not kinds.keys() & {"Scan", "Loop", "If"}
    assert (kinds["MatMul"], kinds["Attention"], kinds["Where"]) == (9, 2, 1)
    assert sum(kinds.values()) - kinds["Constant"] < 60
    onnx.checker.check_model(float_model)


def test_a_later_token_is_hidden_and_a_masked_one_too() -> None:
    bias = causal_bias(torch.tensor([[0, 1, 1, 1]]), 2)
    assert (bias == 0).tolist() == [[[[False, True, True, False], [False, True, True, True]]]]


def test_a_window_hides_what_lies_too_far_back() -> None:
    bias = causal_bias(torch.tensor([[1, 1, 1, 1]]), 2, window=2)
    assert (bias == 0).tolist() == [[[[False, True, True, False], [False, False, True, True]]]]


def test_angles_that_depend_on_the_text_are_refused() -> None:
    with pytest.raises(BuildError) as caught:
        GraphDecoder(tiny_llama(rope_scaling={"rope_type": "dynamic", "factor": 2.0}))
    assert "rotary scaling 'dynamic'" in caught.value.message
