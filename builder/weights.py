"""The weights of a recipe: loaded, tuned, and named for the manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.recipe import PackageSource, RandomSource, Recipe

if TYPE_CHECKING:
    from transformers import LlamaForCausalLM


def load_weights(recipe: Recipe, gguf: Path, report: Callable[[str], None]) -> LlamaForCausalLM:
    """The recipe's model in float32, its adapter merged into it; `gguf` is its package's file.

    Raises SourceError where the checkpoint or the adapter is not what the recipe says.
    """
    from builder.adapter import merge_named_adapter
    from builder.checkpoint import load_gguf, random_model

    report("Loading the checkpoint")
    source = recipe.source
    model = load_gguf(gguf) if isinstance(source, PackageSource) else random_model(source, gguf)
    if recipe.adapter is None:
        return model
    report(f"Merging the adapter {Path(recipe.adapter.path).name}")
    return merge_named_adapter(model, recipe, recipe.adapter)


def describe_source(recipe: Recipe) -> dict[str, str]:
    """Where the weights come from, for the manifest."""
    package = {
        "package": recipe.package.requirement,
        "sha256": recipe.package.sha256,
        "member": recipe.package.member,
    }
    if isinstance(recipe.source, RandomSource):
        lent = {f"tokenizer_{key}": value for key, value in package.items()}
        package = {"random_seed": str(recipe.source.seed), **lent}
    if recipe.adapter is None:
        return package
    return {**package, "adapter": Path(recipe.adapter.path).name, "adapter_sha256": recipe.adapter.sha256}
