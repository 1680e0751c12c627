from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from llamas import PROMPTS, tiny_llama
from transformers import LlamaForCausalLM

from builder.errors import BuildError
from builder.figures import check_parity
from builder.graph import GraphDecoder, causal_bias
from builder.session import GraphSession


def test_the_graph_agrees_with_transformers_at_once_and_in_steps(
    model: LlamaForCausalLM, float_path: Path
) -> None:
    assert check_parity(model, float_path, PROMPTS) < 1e-4


def test_padding_on_the_left_changes_nothing(model: LlamaForCausalLM, float_path: Path) -> None:
    """Two sequences in one batch, the second one shorter, on a past and without one."""
    session = onnxruntime.InferenceSession(str(float_path))
    tokens = np.array([PROMPTS[0][:9], [0, 0, 0, *PROMPTS[0][3:9]]], np.int64)
    mask = np.array([[1] * 9, [0] * 3 + [1] * 6], np.int64)
    positions = np.array([range(9), [0, 0, 0, *range(6)]], np.int64)
    empty = {
        value.name: np.zeros((2, 2, 0, 16), np.float32)
        for value in session.get_inputs()
        if value.name.startswith("past")
    }
    logits: list[np.ndarray] = []
    cache = empty
    for start, stop in ((0, 5), (5, 9)):
        feed = {
            "input_ids": tokens[:, start:stop],
            "attention_mask": mask[:, :stop],
            "position_ids": positions[:, start:stop],
            "num_logits_to_keep": np.array(0, np.int64),
        }
        names = [value.name for value in session.get_outputs()]
        results = dict(zip(names, session.run(None, feed | cache), strict=True))
        logits.append(results.pop("logits"))
        cache = {name.replace("present", "past_key_values"): value for name, value in results.items()}
    found = np.concatenate(logits, axis=1)
    with torch.no_grad():
        whole = model(torch.tensor([PROMPTS[0][:9]])).logits[0].numpy()
        short = model(torch.tensor([PROMPTS[0][3:9]])).logits[0].numpy()
    assert np.abs(found[0] - whole).max() < 1e-4
    assert np.abs(found[1, 3:] - short).max() < 1e-4


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


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"tie_word_embeddings": False}, "a head of its own"),
        ({"attention_bias": True}, "biases"),
        ({"mlp_bias": True}, "biases"),
        ({"rope_scaling": {"rope_type": "dynamic", "factor": 2.0}}, "rotary scaling 'dynamic'"),
    ],
)
def test_what_the_decoder_cannot_express_is_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(BuildError) as caught:
        GraphDecoder(tiny_llama(**changes))
    assert complaint in caught.value.message
