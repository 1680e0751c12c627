from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.export.adapter import DESCRIPTION, WEIGHTS, checked_folder
from builder.finetune.checkpoint import FILE
from builder.finetune.examples import ExampleMaker
from builder.finetune.export import export
from builder.finetune.install import install, main, pinned
from builder.finetune.train import outcome
from builder.finetune.vocabulary import Vocabulary
from builder.recipe import RECIPES, basis, load_recipe

from .test_train import run_of


@pytest.fixture
def run(vocabulary: Vocabulary, maker: ExampleMaker, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    run = run_of(vocabulary, maker, folder, 2)
    run.go()
    export(folder, run.model, outcome(run.shop, run.model, run, run.measure()))
    return folder


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "recipes" / "smollm2-135m-instruct.toml"
    path.parent.mkdir()
    shutil.copy(RECIPES / path.name, path)
    return path


def test_a_finished_run_is_put_in_place(run: Path, recipe: Path) -> None:
    folder = install(run, recipe)
    loaded = load_recipe(str(recipe))
    assert loaded.adapter is not None
    assert checked_folder(loaded, loaded.adapter) == folder.resolve()
    assert not (folder / FILE).exists()
    assert install(run, recipe) == folder
    assert load_recipe(str(recipe)) == loaded


def test_what_an_earlier_version_did_not_record_is_added(run: Path, recipe: Path) -> None:
    path = run / DESCRIPTION
    said = json.loads(path.read_text(encoding="utf-8"))
    older = {name: value for name, value in said.items() if name not in ("made_for", "drawn")}
    path.write_text(json.dumps(older), encoding="utf-8")
    added = json.loads((install(run, recipe) / DESCRIPTION).read_text(encoding="utf-8"))
    assert added == said
    assert added["drawn"] > 0
    assert added["made_for"] == json.loads(json.dumps(basis(load_recipe(str(recipe)))))


def test_an_unfinished_run_is_one_line_and_changes_nothing(run: Path, recipe: Path) -> None:
    (run / WEIGHTS).unlink()
    before = recipe.read_bytes()
    result = CliRunner().invoke(main, [str(run), "--recipe", str(recipe)])
    assert result.exit_code == 1
    assert "has no adapter_model.safetensors; let `excerpt finetune` come to its end" in result.output
    assert recipe.read_bytes() == before


def test_the_pin_is_set_once() -> None:
    text = 'name = "a"\n\n[prompt]\nstyle = "fields"\n'
    once = pinned(text, "../adapters/a", "0" * 64)
    assert pinned(once, "../adapters/a", "1" * 64) == once.replace("0" * 64, "1" * 64)
    assert once.replace(f'[adapter]\npath = "../adapters/a"\nsha256 = "{"0" * 64}"\n\n', "") == text
