"""Granite: Llama with four multipliers, for the embedding, the scores, the residuals and the logits."""

from __future__ import annotations

from dataclasses import replace

from transformers import PreTrainedModel

from builder.decoder.parts import DecoderParts
from builder.families import llama
from builder.families.family import Family


def parts(model: PreTrainedModel) -> DecoderParts:
    """The parts of a `GraniteForCausalLM`; the scores' multiplier is its attention's own scaling."""
    config, read = model.config, llama.parts(model)
    return replace(
        read,
        layers=[replace(layer, residual=config.residual_multiplier) for layer in read.layers],
        embedding_scale=config.embedding_multiplier,
        logit_scale=1 / config.logits_scaling,
    )


FAMILY = Family("granite", parts)
