"""Qwen2 and Qwen2.5: Llama with biases on query, key and value."""

from __future__ import annotations

from transformers import PreTrainedModel

from builder.decoder.parts import DecoderParts
from builder.families import llama
from builder.families.family import Family, refuse_windows


def parts(model: PreTrainedModel) -> DecoderParts:
    """The parts of a `Qwen2ForCausalLM`, which has Llama's names. Raises BuildError for sliding windows."""
    refuse_windows(model.config)
    return llama.parts(model)


FAMILY = Family("qwen2", parts)
