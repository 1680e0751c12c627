"""The architecture that a recipe states, so that random weights can stand in for its checkpoint."""

from __future__ import annotations

from collections.abc import Mapping

SIZES = (
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "max_position_embeddings",
)

Setting = str | int | float | bool | tuple[str, ...] | tuple[int, ...]
# What the model's `config.json` says, by its names; `model_type` among them.
Architecture = Mapping[str, Setting]


def plain(architecture: Architecture) -> dict[str, object]:
    """An architecture as JSON and transformers have it: lists for tuples."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in architecture.items()}


def architecture_complaint(architecture: Architecture) -> str | None:
    """What is wrong with an architecture, as far as no library has to be asked, or None."""
    if not isinstance(architecture.get("model_type"), str):
        return "architecture.model_type is missing, the name under which transformers knows the model"
    sizes = {name: value for name, value in architecture.items() if name in SIZES}
    for name, size in sizes.items():
        if not isinstance(size, int) or size < 1:
            return f"architecture.{name} is {size!r}, expected a whole number above 0"
    heads, kv_heads = sizes.get("num_attention_heads"), sizes.get("num_key_value_heads")
    if isinstance(heads, int) and isinstance(kv_heads, int) and heads % kv_heads:
        return f"{heads} attention heads cannot share {kv_heads} key heads"
    return None
