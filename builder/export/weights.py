"""The weights of a recipe: loaded, tuned, and named for the manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import BuildError
from builder.recipe import Recipe
from builder.sources import Files, RandomSource

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedModel


def load_weights(recipe: Recipe, files: Files, report: Callable[[str], None]) -> PreTrainedModel:
    """The recipe's model in float32, its adapter merged into it; `files` are what its source came to.

    Raises SourceError where the checkpoint or the adapter is not what the recipe says.
    """
    from builder.export.adapter import merge_named_adapter
    from builder.sources.models import load_model

    report("Loading the checkpoint")
    if isinstance(recipe.source, RandomSource):
        model = draw_weights(recipe, recipe.source, files)
    else:
        model = load_model(files)
    if recipe.max_positions is not None:
        own = model.config.max_position_embeddings
        model.config.max_position_embeddings = min(own, recipe.max_positions)
    if recipe.adapter is None:
        return model
    report(f"Merging the adapter {Path(recipe.adapter.path).name}")
    return merge_named_adapter(model, recipe, recipe.adapter)


def draw_weights(recipe: Recipe, source: RandomSource, files: Files) -> PreTrainedModel:
    """Random weights of the recipe's architecture, fitting the tokenizer in `files`. Raises RecipeError."""
    from builder.sources.models import random_model
    from builder.tokenizer.reading import special_ids

    return random_model(recipe.architecture or {}, source.seed, special_ids(files))


def check_vocabulary(model: PreTrainedModel, tokenizer: Tokenizer) -> None:
    """Raise BuildError where a tokenizer writes tokens that a model does not know."""
    known, written = model.config.vocab_size, tokenizer.get_vocab_size()
    if written > known:
        raise BuildError(
            f"the tokenizer has {written} tokens, the model knows {known}",
            "use the tokenizer.json that the model was published with",
        )


def describe_source(recipe: Recipe) -> dict[str, str]:
    """Where the weights come from, for the manifest."""
    described = recipe.source.describe()
    if recipe.adapter is None:
        return described
    return {**described, "adapter": Path(recipe.adapter.path).name, "adapter_sha256": recipe.adapter.sha256}
