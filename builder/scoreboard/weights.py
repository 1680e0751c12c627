"""Bundles that only the scoreboard asks for: the model before its tuning, and the tuned one unrounded.

They follow from the recipe that the bundle under test was built from, and are built like any other: nothing
is done where they lie there already.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

from builder.bundle.rules import MAX_RAW_BYTES
from builder.errors import RecipeError
from builder.evaluate.rebundle import read_manifest
from builder.recipe import Recipe, VariantRecipe, load_recipe
from builder.scoreboard.errors import ScoreboardError

Report = Callable[[str], None]
# Float32 against float32: what is left is the order of additions.
SAME = 1e-4
ANY = 100.0


def untuned(recipe: Recipe) -> Recipe:
    """The recipe without its adapter, and without the calibration that belongs to it."""
    # A name of its own, so that neither takes the other's graph out of the cache.
    name = f"untuned-{recipe.name}"
    return dataclasses.replace(recipe, name=name, adapter=None, calibration=None, variants=for_wasm(recipe))


def unrounded(recipe: Recipe) -> Recipe:
    """The recipe with its weights in float32, for WASM."""
    whole = VariantRecipe(
        name="wasm-f32",
        backend="wasm",
        quantization="float32",
        max_kl_divergence=SAME,
        shard_bytes=MAX_RAW_BYTES,
    )
    return dataclasses.replace(recipe, variants=(whole,))


def for_wasm(recipe: Recipe) -> tuple[VariantRecipe, ...]:
    """Its variants that run on a processor, without the gates of what readers get."""
    return tuple(
        dataclasses.replace(one, max_kl_divergence=ANY, max_bytes=None)
        for one in recipe.variants
        if one.backend == "wasm"
    )


MADE: Mapping[str, Callable[[Recipe], Recipe]] = {"untuned": untuned, "float32": unrounded}


def made_bundle(name: str, bundle: Path, folder: Path, report: Report) -> Path:
    """The folder of the bundle of that name, built where it does not lie there. Raises ExcerptError."""
    from builder.pipeline import build_bundle

    model = read_manifest(bundle).name
    try:
        recipe = load_recipe(model)
    except RecipeError as error:
        raise ScoreboardError(
            f"{bundle} is of the model {model!r}, for which there is no recipe", str(error)
        ) from error
    return build_bundle(MADE[name](recipe), folder / name, report).folder
