"""Bundles built from checkpoints of every kind of source: one family each, real but for their size."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.bundle.verification import verify_files
from builder.errors import SourceError
from builder.pipeline import build_bundle
from builder.recipe import RECIPES, load_recipe
from builder.sources import Files
from builder.sources.folder import CONFIG, TOKENIZER, WEIGHTS
from builder.tokenizer.reading import read_tokenizer, serialize_tokenizer

from .folders import QWEN3, save_checkpoint
from .hub_server import COMMIT, Hub, serving

LONG_QWEN3 = {**QWEN3, "max_position_embeddings": 4096}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_checkpoint(tmp_path / "model", LONG_QWEN3)
    return tmp_path / "model"


@pytest.fixture
def hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {name: (folder / name).read_bytes() for name in (CONFIG, TOKENIZER, WEIGHTS)}
    with serving(Hub("owner/model", files)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def write_recipe(folder: Path, source: str) -> Path:
    """A recipe with this source, otherwise the tiny one with its first variant only."""
    text = (RECIPES / "tiny.toml").read_text(encoding="utf-8")
    prompt, variant = text[text.index("[prompt]") :].split("[[variants]]")[:2]
    path = folder / "mine.toml"
    head = 'name = "mine"\nlicense = "Apache-2.0"\nmax_positions = 2048\n\n'
    path.write_text(f"{head}[source]\n{source}\n{prompt}[[variants]]{variant}", encoding="utf-8")
    return path


def test_a_folder_becomes_a_bundle_and_its_content_decides(folder: Path, tmp_path: Path) -> None:
    recipe = load_recipe(str(write_recipe(tmp_path, 'kind = "path"\npath = "model"')))
    built = build_bundle(recipe, tmp_path / "bundle", cache=tmp_path / "cache")
    assert verify_files(tmp_path / "bundle") == built.manifest
    assert built.manifest.model.architecture == "Qwen3ForCausalLM"
    assert built.manifest.model.max_positions == 2048
    assert built.manifest.source["files"] == f"{CONFIG} {WEIGHTS} {TOKENIZER}"
    tokenizer = (tmp_path / "bundle" / built.manifest.tokenizer.file).read_bytes()
    assert tokenizer == serialize_tokenizer(read_tokenizer(Files(folder)))
    assert not build_bundle(recipe, tmp_path / "bundle", cache=tmp_path / "cache").fresh
    save_checkpoint(folder, LONG_QWEN3 | {"rope_theta": 5000.0})
    assert build_bundle(recipe, tmp_path / "bundle", cache=tmp_path / "cache").fresh


def test_a_repository_becomes_the_same_bundle_wherever_its_lock_file_goes(hub: Hub, tmp_path: Path) -> None:
    files = json.dumps([CONFIG, TOKENIZER, WEIGHTS])
    source = f'kind = "hub"\nrepository = "owner/model"\nrevision = "main"\nfiles = {files}'
    path = write_recipe(tmp_path, source)
    stations: list[str] = []
    recipe = load_recipe(str(path))
    built = build_bundle(recipe, tmp_path / "bundle", stations.append, tmp_path / "cache").manifest
    assert built.source["commit"] == COMMIT
    assert f"Fetching {WEIGHTS} of owner/model" in stations
    other = tmp_path / "other"
    other.mkdir()
    for name in ("mine.toml", "mine.lock.json"):
        shutil.copy(tmp_path / name, other / name)
    again = load_recipe(str(other / "mine.toml"))
    assert build_bundle(again, tmp_path / "bundle", cache=tmp_path / "cache").fresh is False
    hub.files[WEIGHTS] = hub.files[WEIGHTS][::-1]
    with pytest.raises(SourceError, match=r"mine.lock.json records"):
        build_bundle(again, other / "bundle", cache=other / "cache")
    assert not (other / "bundle").exists()
