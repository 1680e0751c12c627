"""Measured figures: how far a graph is from the one it was made from.

Everything is measured on the builder's own sample texts, inside the recipe's prompt, so the figures stand for
the text that the engine will read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from builder.bundle.manifest import KnownAnswer, PromptParts
from builder.errors import BuildError
from builder.export.session import Array, GraphSession

SAMPLES = Path(__file__).parents[1] / "samples"
MAX_LOGIT_DIFFERENCE = 1e-3
# Lengths of the runs in which a sample is fed step by step, after its first part.
STEPS = (1, 1, 2, 5, 8)
# How much of a sample a runtime is tried on, and how many of its answers count.
TRIED_TOKENS = 32
TRIED_ANSWERS = 8


def sample_prompts(
    tokenizer: Tokenizer, prompt: PromptParts, use: Literal["calibrate", "measure"]
) -> list[list[int]]:
    """The token ids of every sample text, each in the recipe's prompt; what calibrates does not measure."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((SAMPLES / use).glob("*.txt"))]
    return [
        tokenizer.encode(prompt.before_document).ids
        + tokenizer.encode(text).ids
        + tokenizer.encode(prompt.after_document).ids
        for text in texts
    ]


def model_logits(model: PreTrainedModel, prompts: Sequence[list[int]]) -> list[Array]:
    """What transformers makes of each prompt: logits [tokens, vocab]."""
    with torch.no_grad():
        return [model(torch.tensor([tokens]), use_cache=False).logits[0].numpy() for tokens in prompts]


def check_logits(expected: Sequence[Array], graph: Path, prompts: Sequence[list[int]]) -> float:
    """The largest difference between expected logits and a graph's, prefill and step by step.

    Raises BuildError above MAX_LOGIT_DIFFERENCE.
    """
    session = GraphSession(graph)
    worst = max(
        prompt_difference(reference, session, tokens)
        for reference, tokens in zip(expected, prompts, strict=True)
    )
    if not worst <= MAX_LOGIT_DIFFERENCE:
        raise BuildError(
            f"the float32 graph is {worst:.2g} logits from transformers, allowed: {MAX_LOGIT_DIFFERENCE:g}",
            "the family in builder/families does not compute this checkpoint",
        )
    return worst


def prompt_difference(reference: Array, session: GraphSession, tokens: list[int]) -> float:
    """The largest logit difference on one prompt, fed at once and fed in steps."""
    session.reset()
    at_once = np.abs(session.feed(tokens) - reference).max()
    return max(float(at_once), float(np.abs(feed_in_steps(session, tokens) - reference).max()))


def feed_in_steps(session: GraphSession, tokens: list[int]) -> Array:
    """Logits [tokens, vocab] of a prompt whose end is fed in the runs of STEPS."""
    session.reset()
    start = len(tokens) - sum(STEPS)
    parts = [session.feed(tokens[:start])]
    for step in STEPS:
        parts.append(session.feed(tokens[start : start + step]))
        start += step
    return np.concatenate(parts)


def log_softmax(logits: Array) -> NDArray[np.float64]:
    """Log probabilities over the last axis, in float64."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def divergence(
    reference: GraphSession, variant: GraphSession, prompts: Sequence[list[int]]
) -> dict[str, float]:
    """How far a variant is from its reference, over every position of every prompt.

    `kl_divergence` is in nats per token, `top1_agreement` the share of positions with the same first choice.
    Rounded, so that the last bits of a processor do not reach the manifest.
    """
    divergences: list[float] = []
    agreements: list[bool] = []
    for tokens in prompts:
        reference.reset()
        variant.reset()
        expected, found = log_softmax(reference.feed(tokens)), log_softmax(variant.feed(tokens))
        divergences.extend((np.exp(expected) * (expected - found)).sum(axis=-1))
        agreements.extend(expected.argmax(axis=-1) == found.argmax(axis=-1))
    return {
        "kl_divergence": float(f"{np.mean(divergences):.2g}"),
        "top1_agreement": round(float(np.mean(agreements)), 2),
        "tokens": float(len(agreements)),
    }


def known_answer(reference: GraphSession, variant: GraphSession, tokens: list[int]) -> KnownAnswer:
    """The answers by which a runtime shows that it computes the variant: those of which both are surest,
    among those that both give. A rounded model may be in two minds where its reference is not, and then the
    last bits of a runtime's sums would decide.

    Raises BuildError where the two agree on nothing.
    """
    tried = tokens[:TRIED_TOKENS]
    reference.reset()
    variant.reset()
    expected, found = reference.feed(tried), variant.feed(tried)
    surest = np.argsort(-np.minimum(leads(expected), leads(found)), kind="stable")
    agreed = [int(at) for at in surest if expected[at].argmax() == found[at].argmax()][:TRIED_ANSWERS]
    if not agreed:
        raise BuildError(
            "the variant and its reference agree on no token of the first sample",
            "correct the quantisation",
        )
    positions = sorted(agreed)
    return KnownAnswer(tuple(tried), tuple(positions), tuple(int(expected[at].argmax()) for at in positions))


def leads(logits: Array) -> Array:
    """How far the first choice lies above the second, for each row."""
    second, first = np.sort(logits, axis=-1)[:, -2:].T
    lead: Array = first - second
    return lead
