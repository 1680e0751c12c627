from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from builder.bundle.keys import own_key
from builder.bundle.manifest import MANIFEST_NAME, serialize_manifest, with_version
from builder.bundle.sealing import is_sealed, signing_time
from builder.bundle.signing import public_bytes
from builder.evaluate.rebundle import read_manifest
from builder.pipeline import CACHE
from builder.recipe import DEFAULT_RECIPE, load_recipe
from builder.scoreboard.errors import ScoreboardError
from builder.scoreboard.rows import Context, Ours
from builder.scoreboard.weights import made_bundle, unrounded, untuned


def test_the_untuned_model_is_the_recipe_without_what_tuning_left() -> None:
    recipe = load_recipe(DEFAULT_RECIPE)
    other = untuned(recipe)
    assert (other.adapter, other.calibration) == (None, None)
    assert (other.source, other.prompt) == (recipe.source, recipe.prompt)
    assert {one.backend for one in other.variants} == {"wasm"}
    # A build removes the other graphs whose names begin like its own.
    assert not other.name.startswith(recipe.name)


def test_the_unrounded_model_is_the_tuned_one_in_float32() -> None:
    recipe = load_recipe(DEFAULT_RECIPE)
    other = unrounded(recipe)
    assert (other.adapter, other.calibration, other.name) == (recipe.adapter, recipe.calibration, recipe.name)
    [variant] = other.variants
    assert (variant.backend, variant.quantization) == ("wasm", "float32")


def test_a_bundle_in_float32_is_built_once_and_signed(tiny_bundle: Path, tmp_path: Path) -> None:
    told: list[str] = []
    folder = made_bundle("float32", tiny_bundle, tmp_path, told.append)
    [variant] = read_manifest(folder).variants
    assert variant.figures["kl_divergence"] < 1e-4
    assert is_sealed(folder, public_bytes(own_key(CACHE)), signing_time())
    assert told
    told.clear()
    assert made_bundle("float32", tiny_bundle, tmp_path, told.append) == folder
    context = Context(tiny_bundle, tmp_path, told.append)
    identity = Ours("Float32", weights="float32").identity(context)
    assert identity.startswith(f'["{read_manifest(folder).version}"')
    assert told == []


def test_a_bundle_without_a_recipe_is_named(tiny_bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_bundle, tmp_path / "other")
    other = with_version(dataclasses.replace(read_manifest(tiny_bundle), name="unknown"))
    (tmp_path / "other" / MANIFEST_NAME).write_bytes(serialize_manifest(other))
    with pytest.raises(ScoreboardError, match="'unknown', for which there is no recipe"):
        made_bundle("untuned", tmp_path / "other", tmp_path, lambda _: None)
