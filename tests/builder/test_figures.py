from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from builder.bundle.manifest import parse_manifest
from builder.errors import BuildError
from builder.export.figures import (
    STEPS,
    check_logits,
    divergence,
    feed_in_steps,
    log_softmax,
    model_logits,
    sample_prompts,
)
from builder.export.session import GraphSession
from builder.pipeline import CACHE, CHECKOUT
from builder.recipe import load_recipe
from tests.builder.llamas import PROMPTS, tiny_llama


def test_probabilities_add_up() -> None:
    logits = np.array([[1e4, 0.0, -1e4], [1.0, 2.0, 3.0]], np.float32)
    assert np.exp(log_softmax(logits)).sum(axis=1) == pytest.approx([1, 1])


def test_a_graph_does_not_diverge_from_itself(float_path: Path) -> None:
    session, other = GraphSession(float_path), GraphSession(float_path)
    assert divergence(session, other, PROMPTS) == {
        "kl_divergence": 0,
        "top1_agreement": 1,
        "tokens": sum(map(len, PROMPTS)),
    }


def test_the_divergence_of_a_variant_is_small_and_seen(float_path: Path, int8_model: onnx.ModelProto) -> None:
    found = divergence(GraphSession(float_path), GraphSession(int8_model.SerializeToString()), PROMPTS)
    assert 1e-5 < found["kl_divergence"] < 0.05


def test_steps_join_to_the_whole(float_path: Path) -> None:
    session = GraphSession(float_path)
    whole = session.feed(PROMPTS[0])
    assert np.abs(feed_in_steps(session, PROMPTS[0]) - whole).max() < 1e-4
    assert len(PROMPTS[0]) > sum(STEPS)


def test_another_checkpoint_fails_the_comparison(float_path: Path) -> None:
    with pytest.raises(BuildError, match="logits from transformers"):
        check_logits(model_logits(tiny_llama(rms_norm_eps=0.5), PROMPTS), float_path, PROMPTS)


@pytest.fixture(scope="module")
def real_graph() -> Path:
    graphs = sorted((CACHE / "graphs").glob("smollm2-135m-instruct-*.onnx"))
    if not graphs:
        pytest.skip("the float32 graph is not in .cache; run `excerpt build`")
    return graphs[-1]


@pytest.fixture(scope="module")
def real_tokenizer(default_bundle: Path) -> Tokenizer:
    manifest = parse_manifest((default_bundle / "manifest.json").read_bytes())
    return Tokenizer.from_file(str(default_bundle / manifest.tokenizer.file))


def test_the_real_graph_agrees_with_transformers_on_real_prompts(
    tuned_model: LlamaForCausalLM, real_graph: Path, real_tokenizer: Tokenizer
) -> None:
    """On documents that neither calibrated nor measured it, prefill and step by step."""
    prompt = load_recipe("smollm2-135m-instruct").prompt
    documents = sorted((CHECKOUT / "tests" / "documents").glob("*.txt"))
    texts = [
        f"{prompt.before_document}{path.read_text(encoding='utf-8')[:600]}{prompt.after_document}- date:"
        for path in documents
    ]
    assert texts
    prompts = [real_tokenizer.encode(text).ids for text in texts]
    assert check_logits(model_logits(tuned_model, prompts), real_graph, prompts) <= 1e-3


def test_what_calibrates_does_not_measure(real_tokenizer: Tokenizer) -> None:
    prompt = load_recipe("smollm2-135m-instruct").prompt
    calibrate = sample_prompts(real_tokenizer, prompt, "calibrate")
    measure = sample_prompts(real_tokenizer, prompt, "measure")
    assert not {tuple(tokens) for tokens in calibrate} & {tuple(tokens) for tokens in measure}
    assert sum(map(len, measure)) > 400
    assert all(len(tokens) > sum(STEPS) for tokens in measure)
