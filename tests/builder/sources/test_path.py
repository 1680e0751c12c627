from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import torch

from builder.errors import BuildError, SourceError
from builder.sources import Files, PathSource
from builder.sources.architecture import Architecture
from builder.sources.folder import CONFIG, TOKENIZER, WEIGHTS
from builder.sources.models import load_model

from .folders import LLAMA, QWEN3, change_json, cut_into_shards, save_checkpoint

TEXT = torch.tensor([[5, 90, 17, 33, 200, 41, 7]])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_checkpoint(tmp_path / "model")
    return tmp_path / "model"


def source_of(path: Path) -> PathSource:
    return PathSource("path", str(path))


def logits(files: Files) -> torch.Tensor:
    with torch.no_grad():
        return load_model(files).eval()(TEXT).logits  # type: ignore[no-any-return]


@pytest.mark.parametrize("architecture", [LLAMA, QWEN3], ids=["llama", "qwen3"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16], ids=str)
def test_a_folder_is_loaded_in_float32(
    tmp_path: Path, architecture: Architecture, dtype: torch.dtype
) -> None:
    saved = save_checkpoint(tmp_path, architecture, dtype)
    loaded = load_model(source_of(tmp_path).fetch(tmp_path / "cache"))
    assert {parameter.dtype for parameter in loaded.parameters()} == {torch.float32}
    assert all(
        torch.equal(a.float(), b) for a, b in zip(saved.parameters(), loaded.parameters(), strict=True)
    )


def test_shards_are_one_checkpoint(folder: Path) -> None:
    whole = logits(source_of(folder).fetch(folder))
    cut_into_shards(folder)
    assert torch.equal(logits(source_of(folder).fetch(folder)), whole)


def test_a_missing_shard_is_named(folder: Path) -> None:
    (folder / cut_into_shards(folder)[1]).unlink()
    with pytest.raises(
        SourceError,
        match=r"lacks model-00002-of-00002.safetensors, .*1 of 2 shards.*; fetch the missing shards",
    ):
        source_of(folder).identity()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (CONFIG, r"has no config.json; put the model's configuration there"),
        (TOKENIZER, r"has no tokenizer.json; put the model's tokenizer there"),
        (WEIGHTS, r"has neither model.safetensors nor .*; put the weights there as safetensors"),
    ],
)
def test_a_missing_file_is_named(folder: Path, name: str, said: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SourceError, match=said):
        source_of(folder).fetch(folder)


def test_a_path_to_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nothing is not there; name a .gguf file, or a folder"):
        source_of(tmp_path / "nothing").fetch(tmp_path)
    (tmp_path / "model.bin").write_bytes(b"")
    with pytest.raises(SourceError, match=r"model.bin is no GGUF file"):
        source_of(tmp_path / "model.bin").fetch(tmp_path)


def test_a_gguf_file_is_a_checkpoint(gguf: Path, tmp_path: Path) -> None:
    files = source_of(gguf).fetch(tmp_path)
    assert files == Files(gguf.parent, gguf.name)
    assert source_of(gguf).describe()["files"] == gguf.name


def test_a_file_that_only_ends_so_is_no_gguf(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"GGUL" + bytes(64))
    with pytest.raises(SourceError, match=r"model.gguf is no GGUF file that can be read"):
        load_model(source_of(tmp_path / "model.gguf").fetch(tmp_path))


def test_what_a_folder_holds_decides_and_its_place_does_not(folder: Path, tmp_path: Path) -> None:
    before = source_of(folder).identity()
    moved = tmp_path / "elsewhere"
    shutil.copytree(folder, moved)
    assert source_of(moved).identity() == before
    assert str(tmp_path) not in json.dumps(source_of(moved).describe())
    change_json(moved / CONFIG, rope_theta=5000.0)
    assert source_of(moved).identity() != before


def test_a_path_counts_from_the_recipe(tmp_path: Path) -> None:
    placed = PathSource("path", "../models/mine").placed(tmp_path / "recipes" / "mine.toml")
    assert placed.path == str(tmp_path / "models" / "mine")
    assert PathSource("path", "").complaint() == "path is empty"


def test_damaged_weights_are_refused(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-40])
    with pytest.raises(SourceError, match=r"cannot be loaded \(SafetensorError\); fetch the files again"):
        load_model(Files(folder))


def test_weights_of_another_size_are_refused(folder: Path) -> None:
    change_json(folder / CONFIG, intermediate_size=64)
    with pytest.raises(SourceError, match="cannot be loaded"):
        load_model(Files(folder))


def test_too_few_weights_are_refused(folder: Path) -> None:
    change_json(folder / CONFIG, num_hidden_layers=3, layer_types=["full_attention"] * 3)
    with pytest.raises(SourceError, match=r"does not fit its architecture, first at 'model.layers.2"):
        load_model(Files(folder))


def test_an_unknown_architecture_names_the_known_ones(folder: Path) -> None:
    change_json(folder / CONFIG, model_type="mamba2")
    with pytest.raises(BuildError, match=r"'mamba2' model; use one of .*lfm2, llama"):
        load_model(Files(folder))


def test_a_quantised_checkpoint_is_refused(folder: Path) -> None:
    change_json(folder / CONFIG, quantization_config={"quant_method": "gptq", "bits": 4})
    with pytest.raises(BuildError, match=r"quantised checkpoint; use the one in bfloat16"):
        load_model(Files(folder))


@pytest.mark.parametrize("text", ["{", "[]", '{"hidden_size": 4}'])
def test_a_configuration_that_is_none_is_refused(folder: Path, text: str) -> None:
    (folder / CONFIG).write_text(text)
    with pytest.raises((SourceError, BuildError), match=r"config.json (cannot be read|is no|names no)"):
        load_model(Files(folder))


def test_rotary_settings_of_later_versions_count(tmp_path: Path) -> None:
    save_checkpoint(tmp_path, QWEN3)
    before = logits(Files(tmp_path))
    config = json.loads((tmp_path / CONFIG).read_text())
    rotary = {"rope_type": "default", "rope_theta": config.pop("rope_theta")}
    (tmp_path / CONFIG).write_text(json.dumps(config | {"rope_parameters": rotary}))
    assert torch.equal(logits(Files(tmp_path)), before)
    change_json(tmp_path / CONFIG, rope_parameters=rotary | {"rope_theta": 100.0})
    assert not torch.equal(logits(Files(tmp_path)), before)
    change_json(tmp_path / CONFIG, rope_parameters=rotary | {"rope_type": "linear", "factor": 4.0})
    assert not torch.equal(logits(Files(tmp_path)), before)
