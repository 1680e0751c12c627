"""LFM2 and LFM2.5: gated short convolutions, and attention with normalised heads in some layers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from torch.nn import functional
from transformers import Lfm2ForCausalLM, PretrainedConfig, PreTrainedModel

from builder.decoder.parts import (
    AttentionParts,
    ConvolutionParts,
    DecoderParts,
    FeedForwardParts,
    LayerParts,
)
from builder.families.family import (
    Family,
    attention_parts,
    head_of,
    norm_parts,
    rotary_table,
    weight_of,
)


def parts(model: PreTrainedModel) -> DecoderParts:
    """The parts of an `Lfm2ForCausalLM`. Raises BuildError for angles that depend on the text's length."""
    lfm2 = cast(Lfm2ForCausalLM, model)
    return DecoderParts(
        embedding=weight_of(lfm2.model.embed_tokens),
        head=head_of(model),
        norm=norm_parts(lfm2.model.embedding_norm),
        layers=[
            LayerParts(
                mixer=mixer_of(layer, model.config),
                before_mixer=norm_parts(layer.operator_norm),
                feed_forward=feed_forward_of(layer.feed_forward),
                before_feed_forward=norm_parts(layer.ffn_norm),
            )
            for layer in lfm2.model.layers
        ],
        rotary=[rotary_table(lfm2.model.pos_emb, model.config)],
    )


def mixer_of(layer: Any, config: PretrainedConfig) -> AttentionParts | ConvolutionParts:  # noqa: ANN401 (torch's attributes)
    """What a layer mixes its tokens with."""
    if not layer.is_attention_layer:
        short = layer.conv
        kernel = weight_of(short.conv).squeeze(1)
        return ConvolutionParts(short.in_proj, short.out_proj, kernel, short.conv.bias)
    attention = layer.self_attn
    return replace(
        attention_parts(attention, config, attention.out_proj),
        query_norm=norm_parts(attention.q_layernorm),
        key_norm=norm_parts(attention.k_layernorm),
    )


def feed_forward_of(mlp: Any) -> FeedForwardParts:  # noqa: ANN401 (torch's attributes)
    """A feed-forward whose maps are numbered: w1 is the gate, w3 goes up, w2 down."""
    return FeedForwardParts(mlp.w1, mlp.w3, mlp.w2, functional.silu)


FAMILY = Family("lfm2", parts)
