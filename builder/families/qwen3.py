"""Qwen3: Llama with each query and key head normalised before it is turned."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from transformers import PreTrainedModel, Qwen3ForCausalLM

from builder.decoder.parts import DecoderParts
from builder.families import llama
from builder.families.family import Family, norm_parts, refuse_windows, with_head_norms


def parts(model: PreTrainedModel) -> DecoderParts:
    """The parts of a `Qwen3ForCausalLM`. Raises BuildError for sliding windows."""
    refuse_windows(model.config)
    read = llama.parts(model)
    layers = cast(Qwen3ForCausalLM, model).model.layers
    return replace(
        read,
        layers=[
            with_head_norms(part, norm_parts(layer.self_attn.q_norm), norm_parts(layer.self_attn.k_norm))
            for part, layer in zip(read.layers, layers, strict=True)
        ],
    )


FAMILY = Family("qwen3", parts)
