"""The weights of a recipe: loaded, tuned, and named for the manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import RecipeError
from builder.recipe import Recipe
from builder.sources import Files, RandomSource

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def load_weights(recipe: Recipe, files: Files, report: Callable[[str], None]) -> PreTrainedModel:
    """The recipe's model in float32, its adapter merged into it; `files` are what its source came to.

    Raises SourceError where the checkpoint or the adapter is not what the recipe says.
    """
    from builder.adapter import merge_named_adapter
    from builder.sources.models import load_model

    report("Loading the checkpoint")
    if isinstance(recipe.source, RandomSource):
        model = draw_weights(recipe, recipe.source, files)
    else:
        model = load_model(files)
    if recipe.adapter is None:
        return model
    report(f"Merging the adapter {Path(recipe.adapter.path).name}")
    return merge_named_adapter(model, recipe, recipe.adapter)


def draw_weights(recipe: Recipe, source: RandomSource, files: Files) -> PreTrainedModel:
    """Random weights of the recipe's architecture, for the tokenizer in `files`. Raises RecipeError."""
    from builder.sources.models import random_model
    from builder.tokenizer import special_ids

    if recipe.architecture is None:
        raise RecipeError(
            f"the recipe {recipe.name!r} states no [architecture] to draw weights for",
            "add one with the settings of the model's config.json",
        )
    return random_model(recipe.architecture, source.seed, special_ids(files))


def describe_source(recipe: Recipe) -> dict[str, str]:
    """Where the weights come from, for the manifest."""
    described = recipe.source.describe()
    if recipe.adapter is None:
        return described
    return {**described, "adapter": Path(recipe.adapter.path).name, "adapter_sha256": recipe.adapter.sha256}
