"""Every family's graph against transformers: at once, in steps, padded in a batch, and after going back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from transformers import PreTrainedModel

from builder.errors import BuildError
from builder.export.cache import address_columns
from builder.export.figures import check_logits, model_logits
from builder.export.graph import GraphDecoder, export_graph
from builder.export.operators import past_name
from builder.export.session import GraphSession
from builder.export.smoothing import smooth
from builder.families import families, family_of
from tests.builder.branches import side_by_side
from tests.builder.family_models import FAMILIES, family_model
from tests.builder.llamas import PROMPTS

Made = tuple[PreTrainedModel, Path]
CLOSE = 1e-3


@pytest.fixture(scope="module", params=FAMILIES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A family's small model and its smoothed float32 graph."""
    model = family_model(request.param)
    path = tmp_path_factory.mktemp("family") / "graph.onnx"
    decoder = GraphDecoder(model)
    smooth(decoder, PROMPTS)
    export_graph(decoder, path)
    return model, path


def logits_of(model: PreTrainedModel, tokens: list[int]) -> NDArray[np.float32]:
    """What transformers says after each token."""
    with torch.no_grad():
        found: NDArray[np.float32] = model(torch.tensor([tokens]), use_cache=False).logits[0].numpy()
    return found


def test_a_graph_agrees_with_transformers_at_once_and_in_steps(made: Made) -> None:
    model, path = made
    assert check_logits(model_logits(model, PROMPTS), path, PROMPTS) < CLOSE


def test_padding_in_a_batch_changes_nothing(made: Made) -> None:
    model, path = made
    session = onnxruntime.InferenceSession(str(path))
    tokens = np.array([PROMPTS[0][:9], [0, 0, 0, *PROMPTS[0][3:9]]], np.int64)
    mask = np.array([[1] * 9, [0] * 3 + [1] * 6], np.int64)
    positions = np.array([range(9), [0, 0, 0, *range(6)]], np.int64)
    found = np.concatenate(fed_in_two(session, tokens, mask, positions), axis=1)
    assert np.abs(found[0] - logits_of(model, PROMPTS[0][:9])).max() < CLOSE
    assert np.abs(found[1, 3:] - logits_of(model, PROMPTS[0][3:9])).max() < CLOSE


def fed_in_two(
    session: onnxruntime.InferenceSession,
    tokens: NDArray[np.int64],
    mask: NDArray[np.int64],
    positions: NDArray[np.int64],
) -> list[NDArray[np.float32]]:
    """The logits of a batch fed as five tokens and the rest."""
    names = [value.name for value in session.get_outputs()]
    cache = {
        value.name: np.zeros([len(tokens), value.shape[1], 0, *value.shape[3:]], np.float32)
        for value in session.get_inputs()
        if value.name.startswith("past")
    }
    logits = []
    for start, stop in ((0, 5), (5, tokens.shape[1])):
        feed = {
            "input_ids": tokens[:, start:stop],
            "attention_mask": mask[:, :stop],
            "position_ids": positions[:, start:stop],
            "num_logits_to_keep": np.array(0, np.int64),
        }
        results = dict(zip(names, session.run(None, feed | cache), strict=True))
        logits.append(results.pop("logits"))
        cache = {past_name(name): value for name, value in results.items()}
    return logits


def test_tokens_are_taken_back_by_cutting_the_cache(made: Made) -> None:
    model, path = made
    session = GraphSession(path)
    session.feed(PROMPTS[0][:12], 1)
    session.feed([200, 201, 202])
    session.cut(12)
    found = session.feed(PROMPTS[0][12:17])
    assert np.abs(found - logits_of(model, PROMPTS[0][:17])[12:]).max() < CLOSE


@pytest.fixture(scope="module")
def columns(made: Made) -> GraphSession:
    """The same graph over addressed columns."""
    model, path = made
    graph = address_columns(onnx.load(path))
    return GraphSession(graph.SerializeToString(), window=getattr(model.config, "sliding_window", None))


def test_addressed_columns_say_the_same(made: Made, columns: GraphSession) -> None:
    expected = logits_of(made[0], PROMPTS[0])
    columns.reset()
    for start, stop in ((0, 9), (9, 10), (10, 11), (11, 14), (14, 22)):
        assert np.abs(columns.feed(PROMPTS[0][start:stop]) - expected[start:stop]).max() < CLOSE


def test_branches_say_what_they_say_alone(made: Made, columns: GraphSession) -> None:
    prefix, branches = PROMPTS[0][:12], ([3, 4, 5, 6], [7, 8], [9, 10, 11])
    columns.reset()
    columns.feed(prefix, 1)
    packed = columns.feed_columns(*side_by_side(len(prefix), branches))
    alone = [logits_of(made[0], prefix + branch)[len(prefix) :] for branch in branches]
    assert np.abs(packed - np.concatenate(alone)).max() < CLOSE


def test_a_rejected_draft_leaves_no_trace(made: Made, columns: GraphSession) -> None:
    columns.reset()
    columns.feed(PROMPTS[0][:12], 1)
    once = columns.feed(PROMPTS[0][12:17])
    columns.cut(12)
    columns.feed([PROMPTS[0][12], 200, 201, 202], 1)
    columns.cut(13)
    again = columns.feed(PROMPTS[0][13:17])
    assert np.abs(again - once[1:]).max() < CLOSE / 10
    assert np.abs(again - logits_of(made[0], PROMPTS[0][:17])[13:]).max() < CLOSE


def test_a_graph_has_no_loops(made: Made) -> None:
    graph = onnx.load(made[1])
    kinds = {node.op_type for node in graph.graph.node}
    assert not kinds & {"Scan", "Loop", "If"}
    onnx.checker.check_model(graph)


def test_an_unknown_family_is_refused_with_those_there_are() -> None:
    assert set(families()) == {model_type for model_type, _ in FAMILIES.values()}
    with pytest.raises(BuildError) as caught:
        family_of("mamba")
    assert "'mamba'" in caught.value.message
    assert "gemma3_text, granite, lfm2" in caught.value.advice
