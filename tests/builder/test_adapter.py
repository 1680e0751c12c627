from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
import torch

from builder.bundle.manifest import Manifest, parse_manifest
from builder.errors import SourceError
from builder.export.adapter import CONFIG, DESCRIPTION, WEIGHTS, check_basis, checked_folder
from builder.export.weights import describe_source, load_weights
from builder.pipeline import CACHE, build_bundle
from builder.recipe import AdapterSource, Recipe, load_recipe
from builder.sources import LENDER, Files
from builder.stamp import bundle_key, graph_key
from tests.builder.adapters import tuned, write_tiny_adapter


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    return tuned(load_recipe("tiny"), tmp_path / "adapter")


def adapter_of(recipe: Recipe) -> AdapterSource:
    assert recipe.adapter is not None
    return recipe.adapter


def folder_of(recipe: Recipe) -> Path:
    return Path(adapter_of(recipe).path)


def test_the_weights_are_the_base_and_the_difference(recipe: Recipe, checkpoint: Files) -> None:
    stations: list[str] = []
    merged = load_weights(recipe, checkpoint, stations.append).state_dict()
    plain = load_weights(load_recipe("tiny"), checkpoint, lambda _: None).state_dict()
    changed = {name for name, weight in merged.items() if not torch.equal(weight, plain[name])}
    assert changed == {"model.layers.0.self_attn.q_proj.weight", "model.layers.1.mlp.gate_proj.weight"}
    assert stations == ["Loading the checkpoint", "Merging the adapter adapter"]


def test_layers_of_any_family_are_merged_by_their_names(checkpoint: Files, tmp_path: Path) -> None:
    plain = load_recipe("tiny-lfm2")
    layers = {"0.conv.in_proj": 192, "2.self_attn.out_proj": 64}
    adapter = write_tiny_adapter(tmp_path / "adapter", plain, layers=layers)
    before = load_weights(plain, checkpoint, lambda _: None).state_dict()
    merged = load_weights(
        dataclasses.replace(plain, adapter=adapter), checkpoint, lambda _: None
    ).state_dict()
    changed = {name for name, weight in merged.items() if not torch.equal(weight, before[name])}
    assert changed == {f"model.layers.{layer}.weight" for layer in layers}


def test_a_tuned_bundle_is_another_one_and_says_so(recipe: Recipe, tiny_bundle: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "sources").symlink_to(CACHE / "sources")
    made: Manifest = build_bundle(recipe, tmp_path / "bundle", cache=cache).manifest
    plain = parse_manifest((tiny_bundle / "manifest.json").read_bytes())
    assert made.variants[0].shards != plain.variants[0].shards
    assert made.version != plain.version
    assert made.source == plain.source | {
        "adapter": "adapter",
        "adapter_sha256": adapter_of(recipe).sha256,
    }
    assert not build_bundle(recipe, tmp_path / "bundle", cache=cache).fresh


def test_the_keys_follow_the_adapter_and_not_its_place(recipe: Recipe, tmp_path: Path) -> None:
    keys = graph_key(recipe), bundle_key(recipe)
    assert keys != (graph_key(load_recipe("tiny")), bundle_key(load_recipe("tiny")))
    moved = tmp_path / "moved"
    shutil.copytree(folder_of(recipe), moved)
    elsewhere = dataclasses.replace(recipe, adapter=AdapterSource(str(moved), adapter_of(recipe).sha256))
    assert (graph_key(elsewhere), bundle_key(elsewhere)) == keys
    (moved / CONFIG).write_text('{"r": 2, "lora_alpha": 9}', encoding="utf-8")
    assert graph_key(elsewhere) != keys[0]
    assert bundle_key(elsewhere) != keys[1]


def test_a_recipe_finds_its_adapter_beside_itself(recipe: Recipe, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "builder/recipes/tiny.toml").read_text(encoding="utf-8")
    pin = f'[adapter]\npath = "../adapter"\nsha256 = "{adapter_of(recipe).sha256}"\n\n[prompt]'
    path = tmp_path / "recipes" / "tuned.toml"
    path.parent.mkdir()
    path.write_text(text.replace("[prompt]", pin), encoding="utf-8")
    assert load_recipe(str(path)).adapter == recipe.adapter


def test_other_tensors_than_the_pinned_ones_are_refused(recipe: Recipe) -> None:
    with (folder_of(recipe) / WEIGHTS).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(SourceError, match=r"the recipe pins .*; restore the file"):
        checked_folder(recipe, adapter_of(recipe))


@pytest.mark.parametrize("name", [WEIGHTS, CONFIG])
def test_a_missing_file_is_named(recipe: Recipe, name: str) -> None:
    (folder_of(recipe) / name).unlink()
    with pytest.raises(SourceError, match=rf"has no {name}; restore the folder"):
        checked_folder(recipe, adapter_of(recipe))


def test_a_key_without_its_adapter_is_refused(recipe: Recipe) -> None:
    (folder_of(recipe) / CONFIG).unlink()
    with pytest.raises(SourceError, match="has no adapter_config"):
        bundle_key(recipe)


def test_an_adapter_belongs_to_its_prompt_and_its_base(recipe: Recipe) -> None:
    reworded = dataclasses.replace(recipe, prompt=dataclasses.replace(recipe.prompt, after_document="!"))
    with pytest.raises(SourceError, match="tuned for another prompt than the recipe 'tiny' has"):
        checked_folder(reworded, adapter_of(recipe))
    reseeded = dataclasses.replace(recipe, source=LENDER)
    with pytest.raises(SourceError, match="tuned for another source"):
        checked_folder(reseeded, adapter_of(recipe))


def test_an_adapter_that_records_nothing_is_taken_at_its_word(recipe: Recipe) -> None:
    path = folder_of(recipe) / DESCRIPTION
    path.write_text(json.dumps({"steps": 3}), encoding="utf-8")
    check_basis(recipe, path.parent)
    path.unlink()
    check_basis(recipe, path.parent)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        check_basis(recipe, path.parent)


def test_a_recipe_without_an_adapter_names_none() -> None:
    assert "adapter" not in describe_source(load_recipe("tiny"))
