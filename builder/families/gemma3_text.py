"""Gemma 3, its text part: norms around both halves of a layer, and most layers see a window only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from torch import nn
from transformers import Gemma3ForCausalLM, PretrainedConfig, PreTrainedModel

from builder.decoder.parts import AttentionParts, DecoderParts, LayerParts, NormParts
from builder.errors import BuildError
from builder.families.family import (
    Family,
    attention_parts,
    gated_feed_forward,
    head_of,
    rotary_table,
    weight_of,
    with_head_norms,
)

GLOBAL, LOCAL = 0, 1


def parts(model: PreTrainedModel) -> DecoderParts:
    """The parts of a `Gemma3ForCausalLM`. Raises BuildError for soft caps and for one that looks ahead."""
    gemma, config = cast(Gemma3ForCausalLM, model), model.config
    refuse_unsupported(config)
    return DecoderParts(
        embedding=weight_of(gemma.model.embed_tokens),
        head=head_of(model),
        norm=shifted_norm(gemma.model.norm),
        layers=[layer_parts(layer, config) for layer in gemma.model.layers],
        rotary=[
            rotary_table(gemma.model.rotary_emb, config),
            rotary_table(gemma.model.rotary_emb_local, config),
        ],
        embedding_scale=float(cast(Any, gemma.model.embed_tokens).embed_scale),
    )


def layer_parts(layer: Any, config: PretrainedConfig) -> LayerParts:  # noqa: ANN401 (torch's attributes)
    """One layer."""
    attention = layer.self_attn
    read = LayerParts(
        mixer=mixer_of(attention, config),
        before_mixer=shifted_norm(layer.input_layernorm),
        after_mixer=shifted_norm(layer.post_attention_layernorm),
        feed_forward=gated_feed_forward(layer.mlp),
        before_feed_forward=shifted_norm(layer.pre_feedforward_layernorm),
        after_feed_forward=shifted_norm(layer.post_feedforward_layernorm),
    )
    return with_head_norms(read, shifted_norm(attention.q_norm), shifted_norm(attention.k_norm))


def mixer_of(attention: Any, config: PretrainedConfig) -> AttentionParts:  # noqa: ANN401 (torch's attributes)
    """The attention of a layer: over everything, or over a window with angles of its own."""
    read = attention_parts(attention, config)
    if not attention.is_sliding:
        return read
    return replace(read, rotary=LOCAL, window=config.sliding_window)


def shifted_norm(norm: nn.Module) -> NormParts:
    """A norm whose gain is one more than its weight."""
    return NormParts(weight_of(norm) + 1, float(cast(Any, norm).eps))


def refuse_unsupported(config: PretrainedConfig) -> None:
    """Raise BuildError for what would change the meaning."""
    if config.attn_logit_softcapping or config.final_logit_softcapping:
        raise BuildError(
            "the checkpoint caps its logits softly", "use a Gemma 3 checkpoint without soft caps"
        )
    if getattr(config, "use_bidirectional_attention", False):
        raise BuildError("the checkpoint looks ahead, it is an encoder", "use a causal Gemma 3 checkpoint")


FAMILY = Family("gemma3_text", parts)
