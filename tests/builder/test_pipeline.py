from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from builder.bundle.manifest import Manifest, parse_manifest
from builder.bundle.signing import SIGNATURE_NAME
from builder.bundle.verification import verify_files
from builder.errors import BuildError
from builder.pipeline import CACHE, build_bundle, build_tiny_bundle
from builder.recipe import Recipe, load_recipe


@pytest.fixture(scope="module")
def cache(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds the checkpoint and nothing that was made from it."""
    folder = tmp_path_factory.mktemp("cache")
    shutil.copytree(CACHE / "sources", folder / "sources", copy_function=lambda a, b: Path(b).symlink_to(a))
    return folder


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipe("tiny")


@pytest.fixture(scope="module")
def built(
    recipe: Recipe, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Manifest, list[str]]:
    folder, stations = tmp_path_factory.mktemp("built") / "bundle", list[str]()
    return folder, build_bundle(recipe, folder, stations.append, cache).manifest, stations


def test_a_bundle_is_built_and_verified(built: tuple[Path, Manifest, list[str]]) -> None:
    folder, manifest, stations = built
    assert verify_files(folder) == manifest
    assert [station.split()[0] for station in stations] == [
        "Fetching",
        "Rebuilding",
        "Loading",
        "Smoothing",
        "Exporting",
        "Comparing",
        *("Quantising", "Measuring", "Writing") * len(manifest.variants),
    ]


def test_the_manifest_describes_the_model(built: tuple[Path, Manifest, list[str]]) -> None:
    manifest = built[1]
    assert dataclasses.asdict(manifest.model) == {
        "architecture": "LlamaForCausalLM",
        "vocab_size": 49152,
        "max_positions": 4096,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "window": None,
        "reach": 0,
    }
    assert [item.input for item in manifest.cache] == [
        f"past_key_values.{layer}.{part}" for layer in (0, 1) for part in ("key", "value")
    ]
    assert {(item.shape, item.grows) for item in manifest.cache} == {(("batch", "past", 2, 16), "columns")}
    assert {"kl_divergence", "top1_agreement"} <= manifest.variants[0].figures.keys()


def test_shards_are_of_the_recipes_size(built: tuple[Path, Manifest, list[str]], recipe: Recipe) -> None:
    sizes = [shard.raw_bytes for shard in built[1].variants[0].shards]
    assert len(sizes) > 2
    assert set(sizes[:-1]) == {recipe.variants[0].shard_bytes}


def test_nothing_to_do_is_seen(built: tuple[Path, Manifest, list[str]], recipe: Recipe, cache: Path) -> None:
    stations: list[str] = []
    again = build_bundle(recipe, built[0], stations.append, cache)
    assert (again.fresh, again.manifest, stations) == (False, built[1], [])


def test_two_builds_from_nothing_give_the_same_bytes(
    built: tuple[Path, Manifest, list[str]], recipe: Recipe, cache: Path, tmp_path: Path
) -> None:
    other = tmp_path / "cache"
    other.mkdir()
    (other / "sources").symlink_to(cache / "sources")
    build_bundle(recipe, tmp_path / "bundle", cache=other)
    first, second = contents(built[0]), contents(tmp_path / "bundle")
    # The signature depends on the key and the time, and on nothing else.
    assert first.pop(SIGNATURE_NAME) != second.pop(SIGNATURE_NAME)
    assert second == first


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_damaged_bundle_is_mended_and_old_files_go(recipe: Recipe, cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    manifest = build_bundle(recipe, folder, cache=cache).manifest
    (folder / manifest.variants[0].shards[0].file).write_bytes(b"gone")
    (folder / f"{'0' * 16}.bin").write_bytes(b"left by an earlier build")
    (folder / "notes.txt").write_bytes(b"not ours")
    assert build_bundle(recipe, folder, cache=cache).fresh
    assert verify_files(folder) == manifest
    assert not (folder / f"{'0' * 16}.bin").exists()
    assert (folder / "notes.txt").exists()


def test_another_seed_gives_other_weights_and_the_same_tokenizer(
    built: tuple[Path, Manifest, list[str]], cache: Path, tmp_path: Path
) -> None:
    other = build_tiny_bundle(tmp_path / "bundle", seed=1, cache=cache)
    assert other.tokenizer == built[1].tokenizer
    assert not set(other.variants[0].shards) & set(built[1].variants[0].shards)
    assert other.version != built[1].version


def test_a_variant_above_its_gate_is_not_written(recipe: Recipe, cache: Path, tmp_path: Path) -> None:
    strict = dataclasses.replace(recipe.variants[0], max_kl_divergence=1e-12)
    with pytest.raises(BuildError, match="the recipe allows 1e-12"):
        build_bundle(dataclasses.replace(recipe, variants=(strict,)), tmp_path / "bundle", cache=cache)
    assert not list((tmp_path / "bundle").glob("*.bin"))
    assert not (tmp_path / "bundle" / "manifest.json").exists()


def test_the_standard_twin_is_kept_for_comparison(
    built: tuple[Path, Manifest, list[str]], cache: Path
) -> None:
    folder = cache / "standard" / "tiny-wasm-int8"
    assert sorted(path.name for path in folder.iterdir()) == ["model.onnx", "wasm-int8.weights"]


def test_the_default_bundle_keeps_its_gate(default_bundle: Path) -> None:
    manifest = parse_manifest((default_bundle / "manifest.json").read_bytes())
    wanted = load_recipe(manifest.name).variants[0]
    assert 0 < manifest.variants[0].figures["kl_divergence"] <= wanted.max_kl_divergence
    assert json.loads((default_bundle / "manifest.json").read_text())["license"] == "Apache-2.0"
