"""What a family is, and readings that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import torch
from torch import Tensor, nn
from transformers import PretrainedConfig, PreTrainedModel

from builder.decoder.parts import AttentionParts, DecoderParts, FeedForwardParts, LayerParts, NormParts
from builder.errors import BuildError

FIXED_ROTARY = ("default", "linear", "llama3")


@dataclass(frozen=True)
class Family:
    """A family of models: the `model_type` of their `config.json`, and how their parts are read.

    `parts` raises BuildError for a configuration whose meaning the decoder would change.
    """

    model_type: str
    parts: Callable[[PreTrainedModel], DecoderParts]


def norm_parts(norm: nn.Module) -> NormParts:
    """A norm that multiplies by its weight."""
    epsilon = getattr(norm, "variance_epsilon", None)
    return NormParts(weight_of(norm), float(cast(Any, norm).eps if epsilon is None else epsilon))


def weight_of(module: nn.Module) -> Tensor:
    """A module's weight."""
    return cast(Tensor, module.weight).detach()


def gated_feed_forward(mlp: Any) -> FeedForwardParts:  # noqa: ANN401 (each family has a class of its own)
    """A feed-forward with Llama's names."""
    return FeedForwardParts(mlp.gate_proj, mlp.up_proj, mlp.down_proj, mlp.act_fn)


def attention_parts(
    attention: Any,  # noqa: ANN401 (as above)
    config: PretrainedConfig,
    output: nn.Linear | None = None,
) -> AttentionParts:
    """An attention with Llama's names; `output` where that map has another."""
    return AttentionParts(
        query=attention.q_proj,
        key=attention.k_proj,
        value=attention.v_proj,
        output=attention.o_proj if output is None else output,
        heads=config.num_attention_heads,
        kv_heads=config.num_key_value_heads,
        size=attention.head_dim,
        scale=attention.scaling,
    )


def with_head_norms(layer: LayerParts, query: NormParts, key: NormParts) -> LayerParts:
    """The layer with each head of its attention normalised by itself."""
    mixer = replace(cast(AttentionParts, layer.mixer), query_norm=query, key_norm=key)
    return replace(layer, mixer=mixer)


def head_of(model: PreTrainedModel) -> Tensor | None:
    """The head's table, or None where the embedding serves."""
    return None if model.config.tie_word_embeddings else weight_of(cast(Any, model).lm_head)


def rotary_table(rotary: nn.Module, config: PretrainedConfig) -> tuple[Tensor, Tensor]:
    """Cosine and sine of every rotary angle, [max_positions, size / 2], by the model's own module.

    Raises BuildError where the angles depend on the length of the text.
    """
    kind = getattr(rotary, "rope_type", "default")
    if kind not in FIXED_ROTARY:
        raise BuildError(
            f"rotary scaling {kind!r} depends on the length of the text",
            "use a checkpoint with fixed rotary angles",
        )
    positions = torch.arange(config.max_position_embeddings).unsqueeze(0)
    with torch.no_grad():
        cos, sin = rotary(torch.zeros(1, dtype=torch.float32), positions)
    half = cos.shape[-1] // 2
    return cos[0, :, :half].contiguous(), sin[0, :, :half].contiguous()


def refuse_windows(config: PretrainedConfig) -> None:
    """Raise BuildError for a configuration that hides distant tokens in a family that is read as if it did
    not."""
    if "sliding_attention" in (getattr(config, "layer_types", None) or ()):
        raise BuildError(
            f"the {config.model_type} checkpoint has layers with a sliding window",
            f"read its window in builder/families/{config.model_type}.py, as gemma3_text.py does",
        )
