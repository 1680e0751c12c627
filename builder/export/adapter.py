"""The adapter that a recipe names: checked against the recipe, then merged into its base model.

An adapter is a folder as `excerpt finetune` writes it. The recipe pins its tensors by SHA-256, and where
`training.json` records the base and the prompt that it was tuned for, those have to be the recipe's own:
under other words or on other weights it would only do harm.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import SourceError
from builder.recipe import AdapterSource, Recipe, basis
from builder.sources import sha256_of

if TYPE_CHECKING:
    from transformers import PreTrainedModel

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"
DESCRIPTION = "training.json"
MADE_FOR = "made_for"
RESTORE = "restore the folder from the repository, or tune one and put it in place with `make adapter`"


def merge_named_adapter(model: PreTrainedModel, recipe: Recipe, adapter: AdapterSource) -> PreTrainedModel:
    """Merge a recipe's adapter into its model, in place. Raises SourceError."""
    from builder.finetune.merge import merge_adapter

    return merge_adapter(model, checked_folder(recipe, adapter))


def checked_folder(recipe: Recipe, adapter: AdapterSource) -> Path:
    """The adapter's folder.

    Raises SourceError where a file is missing, where the tensors are not those that the recipe pins, and
    where the adapter was tuned on another base or under another prompt.
    """
    folder = Path(adapter.path)
    for name in (WEIGHTS, CONFIG):
        if not (folder / name).is_file():
            raise SourceError(f"the adapter in {folder} has no {name}", RESTORE)
    found = sha256_of(folder / WEIGHTS)
    if found != adapter.sha256:
        raise SourceError(
            f"{folder / WEIGHTS} has SHA-256 {found}, the recipe pins {adapter.sha256}",
            "restore the file, or pin its hash in the recipe if it is meant to be another",
        )
    check_basis(recipe, folder)
    return folder


def check_basis(recipe: Recipe, folder: Path) -> None:
    """Raise SourceError where an adapter records another base or another prompt than the recipe's."""
    made_for = recorded_basis(folder)
    for part, wanted in basis(recipe).items():
        if made_for is not None and made_for.get(part) != wanted:
            raise SourceError(
                f"the adapter in {folder} was tuned for another {part} than the recipe {recipe.name!r} has",
                "tune it again with `excerpt finetune`, or take [adapter] out of the recipe",
            )


def recorded_basis(folder: Path) -> dict[str, object] | None:
    """What `training.json` says the adapter was made for; None where it says nothing. Raises SourceError."""
    path = folder / DESCRIPTION
    if not path.is_file():
        return None
    try:
        made_for = json.loads(path.read_text(encoding="utf-8")).get(MADE_FOR)
    except (ValueError, AttributeError) as error:
        raise SourceError(f"{path} cannot be read ({type(error).__name__})", RESTORE) from error
    return made_for if isinstance(made_for, dict) else None
