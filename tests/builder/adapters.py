"""A small adapter for the tiny recipe's random model, as a run would leave it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from builder.adapter import CONFIG, DESCRIPTION, MADE_FOR, WEIGHTS
from builder.recipe import AdapterSource, Recipe, basis
from builder.sources import sha256_of


def write_tiny_adapter(folder: Path, recipe: Recipe, scale: float = 2.0) -> AdapterSource:
    """Rank 2 on the first layer's query and the last layer's gate, tied to the recipe's own basis."""
    assert recipe.architecture is not None
    hidden, inner = (recipe.architecture[name] for name in ("hidden_size", "intermediate_size"))
    generator = torch.Generator().manual_seed(11)
    tensors = {}
    for layer, out in (("0.self_attn.q_proj", hidden), ("1.mlp.gate_proj", inner)):
        name = f"base_model.model.model.layers.{layer}"
        for part, shape in (("lora_A", (2, hidden)), ("lora_B", (out, 2))):
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
