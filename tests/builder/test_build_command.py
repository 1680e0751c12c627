from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.build import chosen_weights
from builder.commands.build import command as build
from builder.commands.verify import command as verify
from builder.errors import BundleError, RecipeError, SourceError
from builder.recipe import load_recipe
from builder.sources import PathSource, RandomSource
from builder.stamp import bundle_key, graph_key


@pytest.fixture(scope="module")
def bundle(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "bundle"
    done = CliRunner().invoke(build, ["--recipe", "tiny", "--out", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0
    assert re.search(r"Quantising wasm-int8 +\d+\.\d s\n", done.output)
    assert "Built tiny " in done.output
    assert re.search(r"^\d+ s, at most \d+\.\d GB of memory$", done.output, re.MULTILINE)
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--seed", "3"], "--seed goes with --weights random."),
        (["--weights", "random", "--seed", "-1"], "-1 is not in the range"),
    ],
)
def test_wrong_use_of_weights_is_told(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(build, ["--recipe", "tiny", *arguments])
    assert done.exit_code == 2
    assert said in done.output


def test_other_weights_and_seeds_are_other_recipes() -> None:
    tiny = load_recipe("tiny")
    drawn = [chosen_weights(tiny, "random", seed) for seed in (None, 0, 1)]
    assert [recipe.source for recipe in drawn] == [RandomSource("random", seed) for seed in (0, 0, 1)]
    assert len({bundle_key(recipe) for recipe in drawn}) == len({graph_key(recipe) for recipe in drawn}) == 2
    assert chosen_weights(tiny, None, None) == tiny


def test_weights_may_lie_on_this_disk(tmp_path: Path) -> None:
    recipe = chosen_weights(load_recipe("smollm2-135m-instruct"), str(tmp_path), None)
    assert recipe.source == PathSource("path", str(tmp_path))
    assert (recipe.adapter, recipe.calibration) == (None, None)
    done = CliRunner().invoke(build, ["--weights", str(tmp_path), "--out", str(tmp_path / "bundle")])
    assert isinstance(done.exception, SourceError)
    assert "has no config.json" in str(done.exception)


def test_verify_names_what_is_not_there() -> None:
    done = CliRunner().invoke(verify, ["/no/such/folder"])
    assert isinstance(done.exception, BundleError)
    assert done.exception.code == "manifest-missing"
