"""Where a run begins: with fresh low-rank layers, or with those of an adapter that an earlier run left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from builder.errors import SourceError
from builder.export.adapter import DESCRIPTION, MADE_FOR, WEIGHTS
from builder.finetune.errors import FinetuneError
from builder.finetune.merge import read_adapter
from builder.finetune.tuning import TuneRecipe
from builder.recipe import Recipe, basis
from builder.sources import sha256_of

EARLIER = "earlier"


@dataclass(frozen=True)
class Start:
    """An earlier run's tensors, their SHA-256, and the runs that made them, oldest first, as `training.json`
    tells them."""

    weights: dict[str, Tensor]
    sha256: str
    stages: tuple[dict[str, Any], ...]


def read_start(folder: Path, recipe: TuneRecipe, base: Recipe) -> Start:
    """Read an adapter to go on from.

    Raises FinetuneError where it cannot be read, where its layers are of another shape than the recipe's,
    where it was made for another base or prompt, and where it was trained on what the recipe holds out.
    """
    try:
        scale, weights = read_adapter(folder)
        said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        earlier = said["recipe"]
        data, lora = earlier["data"], earlier["lora"]
    except (SourceError, OSError, ValueError, KeyError, TypeError) as error:
        raise FinetuneError(
            f"the adapter in {folder} cannot be read ({type(error).__name__})",
            "give a folder that `excerpt finetune` wrote",
        ) from error
    if said.get(MADE_FOR) != basis(base):
        raise FinetuneError(f"the adapter in {folder} is for another base or prompt", "leave out --start")
    if (lora["rank"], sorted(lora["layers"])) != (recipe.lora.rank, sorted(recipe.lora.layers)):
        raise FinetuneError(
            f"the adapter in {folder} has rank {lora['rank']} on {', '.join(lora['layers'])}",
            "set lora.rank and lora.layers to the same",
        )
    if scale != recipe.lora.alpha / recipe.lora.rank:
        raise FinetuneError(f"the adapter in {folder} has the scale {scale:g}", "set lora.alpha to fit it")
    check_held_out(folder, data, recipe)
    own = {name: value for name, value in said.items() if name not in (EARLIER, MADE_FOR)}
    return Start(weights, sha256_of(folder / WEIGHTS), (*said.get(EARLIER, ()), own))


def check_held_out(folder: Path, earlier: dict[str, Sequence[str]], recipe: TuneRecipe) -> None:
    """Raise FinetuneError where the earlier run saw what this one measures on."""
    data = recipe.data
    for part, now in (("held_out", data.held_out), ("held_out_kinds", data.held_out_kinds)):
        if seen := sorted(set(now) - set(earlier[part])):
            raise FinetuneError(
                f"the adapter in {folder} was trained on {seen[0]!r}, which the recipe holds out",
                f"take it out of data.{part}, or leave out --start",
            )
