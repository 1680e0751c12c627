"""What a decoder is made of, in words that every family shares.

A family (see `builder/families`) reads these out of a transformers model; `GraphDecoder` computes them. What
a family has no use for stays at its default, so that no module asks which family it serves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torch import Tensor, nn


@dataclass(frozen=True)
class NormParts:
    """Root mean square normalisation: the gain [width] that multiplies, and the epsilon."""

    gain: Tensor
    epsilon: float


@dataclass(frozen=True)
class AttentionParts:
    """Grouped-query attention.

    `query`, `key`, `value` and `output` are linear maps, with or without biases. `scale` multiplies the
    scores. `query_norm` and `key_norm` normalise each head by itself before it is turned. `rotary` says which
    of the decoder's tables turns the heads, `window` how many tokens back a token sees, its own included
    (all of them where None).
    """

    query: nn.Linear
    key: nn.Linear
    value: nn.Linear
    output: nn.Linear
    heads: int
    kv_heads: int
    size: int
    scale: float
    query_norm: NormParts | None = None
    key_norm: NormParts | None = None
    rotary: int = 0
    window: int | None = None


@dataclass(frozen=True)
class ConvolutionParts:
    """A gated short convolution: `inward` makes three channels' worth B, C and x, each as wide as the model;
    the result is `outward`(C * convolution(B * x)), with a causal depthwise `kernel` [width, length]."""

    inward: nn.Linear
    outward: nn.Linear
    kernel: Tensor
    bias: Tensor | None = None


@dataclass(frozen=True)
class FeedForwardParts:
    """A gated feed-forward: `down`(activation(`gate`) * `up`)."""

    gate: nn.Linear
    up: nn.Linear
    down: nn.Linear
    activation: Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class LayerParts:
    """One layer: hidden + residual * after_mixer(mixer(before_mixer(hidden))), then the same with the
    feed-forward; the norms behind are left out where None."""

    mixer: AttentionParts | ConvolutionParts
    before_mixer: NormParts
    feed_forward: FeedForwardParts
    before_feed_forward: NormParts
    after_mixer: NormParts | None = None
    after_feed_forward: NormParts | None = None
    residual: float = 1.0


@dataclass(frozen=True)
class DecoderParts:
    """A whole decoder.

    `embedding` is [vocab, hidden]; `head` is None where the embedding serves as the head too. `rotary` holds
    pairs of cosines and sines, each [max_positions, size / 2]. Logits are multiplied by `logit_scale`.
    """

    embedding: Tensor
    head: Tensor | None
    norm: NormParts
    layers: Sequence[LayerParts]
    rotary: Sequence[tuple[Tensor, Tensor]]
    embedding_scale: float = 1.0
    logit_scale: float = 1.0
