"""An adapter merged into its base model: what the builder needs of a tuned model, without peft.

W ← W + alpha / rank · B A for every layer that the adapter names. Half-precision factors multiply and add up
exactly in float64 (22 bits a product, few of them), so that every machine rounds to the same float32.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from transformers import PreTrainedModel

from builder.errors import SourceError
from builder.export.adapter import CONFIG, WEIGHTS

PREFIX = "base_model.model."
DOWN, UP = ".lora_A.weight", ".lora_B.weight"


def merge_adapter(model: PreTrainedModel, adapter: Path) -> PreTrainedModel:
    """Add the adapter in a folder to the model's weights, in place, and return the model.

    Raises SourceError where the adapter is incomplete, cannot be read or does not fit the model.
    """
    scale, weights = read_adapter(adapter)
    pairs = [name.removesuffix(DOWN) for name in weights if name.endswith(DOWN)]
    if not pairs or len(weights) != 2 * len(pairs):
        raise SourceError(
            f"{adapter} holds {len(weights)} tensors, not pairs of lora_A and lora_B",
            "use a plain LoRA adapter",
        )
    for name in pairs:
        add_pair(model, name.removeprefix(PREFIX), scale * low_rank(weights, name, adapter), adapter)
    return model


def read_adapter(adapter: Path) -> tuple[float, dict[str, torch.Tensor]]:
    """An adapter's scale (alpha / rank) and its tensors. Raises SourceError."""
    try:
        config = json.loads((adapter / CONFIG).read_text(encoding="utf-8"))
        return float(config["lora_alpha"]) / int(config["r"]), load_file(adapter / WEIGHTS)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise SourceError(
            f"the adapter {adapter} cannot be read ({type(error).__name__})", "restore its two files"
        ) from error


def low_rank(weights: dict[str, torch.Tensor], name: str, adapter: Path) -> torch.Tensor:
    """B A of one layer in float64. Raises SourceError."""
    down, up = weights[name + DOWN], weights.get(name + UP)
    if up is None or up.shape[1] != down.shape[0]:
        raise SourceError(f"{adapter} has no lora_B that fits {name}{DOWN}", "use a whole adapter")
    return up.double() @ down.double()


def add_pair(model: PreTrainedModel, name: str, delta: torch.Tensor, adapter: Path) -> None:
    """Add a layer's difference to its weight. Raises SourceError where the model has no such layer."""
    weight = dict(model.named_parameters()).get(f"{name}.weight")
    if weight is None or weight.shape != delta.shape:
        raise SourceError(
            f"{adapter} does not fit the model, first at {name!r}", "use the adapter's own base model"
        )
    with torch.no_grad():
        weight.copy_((weight.double() + delta).to(weight.dtype))
