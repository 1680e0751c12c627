from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.build import command as build
from builder.commands.verify import command as verify
from builder.errors import BundleError, RecipeError


@pytest.fixture(scope="module")
def bundle(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "bundle"
    done = CliRunner().invoke(build, ["--recipe", "tiny", "--out", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0
    assert re.search(r"Quantising wasm-int8 +\d+\.\d s\n", done.output)
    assert "Built tiny " in done.output
    return folder


def test_building_again_does_nothing(bundle: Path) -> None:
    done = CliRunner().invoke(build, ["--recipe", "tiny", "--out", str(bundle)], catch_exceptions=False)
    assert done.output.startswith("Nothing to do, there is already tiny ")
    assert "kl_divergence" in done.output


def test_verify_says_that_all_is_whole(bundle: Path) -> None:
    done = CliRunner().invoke(verify, [str(bundle)], catch_exceptions=False)
    assert "wasm-int8: the graph loads" in done.output
    assert done.output.rstrip().endswith("all whole")


def test_verify_fails_on_a_damaged_bundle(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((bundle / "manifest.json").read_bytes())
    done = CliRunner().invoke(verify, [str(tmp_path)])
    assert isinstance(done.exception, BundleError)


def test_an_unknown_recipe_is_an_error_of_the_recipe(tmp_path: Path) -> None:
    done = CliRunner().invoke(build, ["--recipe", "nothing", "--out", str(tmp_path)])
    assert isinstance(done.exception, RecipeError)
    assert not list(tmp_path.iterdir())


def test_verify_wants_a_folder() -> None:
    assert CliRunner().invoke(verify, ["/no/such/folder"]).exit_code == 2
