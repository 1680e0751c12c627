"""Llama, SmolLM2 and their kin."""

from __future__ import annotations

from typing import cast

from transformers import LlamaForCausalLM, PreTrainedModel

from builder.decoder.parts import DecoderParts, LayerParts
from builder.families.family import (
    Family,
    attention_parts,
    gated_feed_forward,
    head_of,
    norm_parts,
    rotary_table,
    weight_of,
)


def parts(model: PreTrainedModel) -> DecoderParts:
    """The parts of a `LlamaForCausalLM`. Raises BuildError for angles that depend on the text's length."""
    llama, config = cast(LlamaForCausalLM, model), model.config
    return DecoderParts(
        embedding=weight_of(llama.model.embed_tokens),
        head=head_of(model),
        norm=norm_parts(llama.model.norm),
        layers=[
            LayerParts(
                mixer=attention_parts(layer.self_attn, config),
                before_mixer=norm_parts(layer.input_layernorm),
                feed_forward=gated_feed_forward(layer.mlp),
                before_feed_forward=norm_parts(layer.post_attention_layernorm),
            )
            for layer in llama.model.layers
        ],
        rotary=[rotary_table(llama.model.rotary_emb, config)],
    )


FAMILY = Family("llama", parts)
