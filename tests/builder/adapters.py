"""A small adapter for the tiny recipe's random model, as a run would leave it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file

from builder.export.adapter import CONFIG, DESCRIPTION, MADE_FOR, WEIGHTS
from builder.recipe import AdapterSource, Recipe, basis
from builder.sources import sha256_of

# Of the recipe `tiny`: its first layer's query and its last layer's gate, and how many outputs they have.
TUNED_LAYERS = {"0.self_attn.q_proj": 64, "1.mlp.gate_proj": 128}


def write_tiny_adapter(
    folder: Path, recipe: Recipe, scale: float = 2.0, layers: Mapping[str, int] = TUNED_LAYERS
) -> AdapterSource:
    """Rank 2 on layers with 64 inputs, tied to the recipe's own basis."""
    generator = torch.Generator().manual_seed(11)
    tensors = {}
    for layer, out in layers.items():
        name = f"base_model.model.model.layers.{layer}"
        for part, shape in (("lora_A", (2, 64)), ("lora_B", (out, 2))):
            noise = torch.randn(shape, generator=generator) * 0.1
            tensors[f"{name}.{part}.weight"] = noise.to(torch.float16)
    folder.mkdir(parents=True)
    save_file(tensors, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps({"r": 2, "lora_alpha": 2 * scale}), encoding="utf-8")
    (folder / DESCRIPTION).write_text(json.dumps({MADE_FOR: basis(recipe)}), encoding="utf-8")
    return AdapterSource(str(folder), sha256_of(folder / WEIGHTS))


def tuned(recipe: Recipe, folder: Path, scale: float = 2.0) -> Recipe:
    """The recipe with a small adapter in `folder`."""
    return dataclasses.replace(recipe, adapter=write_tiny_adapter(folder, recipe, scale))
