from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from builder.bundle.manifest import weights_digest
from builder.bundle.scores import Scores, SetScore, complaint
from builder.errors import RecipeError
from builder.evaluate.recording import scores_of
from builder.export.weights import describe_source
from builder.pipeline import CACHE, build_bundle
from builder.recipe import RECIPES, load_recipe, scores_path

GOOD = Scores("2024-02-29", "0" * 16, "wasm-int8", 0.75, 0.05, {"receipts": SetScore(40, 0.75)})


def test_whole_scores_have_no_fault() -> None:
    assert complaint(GOOD) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "today"}, "scores.date 'today'"),
        ({"weights": "x" * 16}, "scores.weights"),
        ({"variant": ""}, "scores.variant has 0"),
        ({"sets": {}}, "names 0 sets"),
        ({"sets": {"two words": SetScore(1, 0.5)}}, "'two words'"),
        ({"sets": {"empty": SetScore(0, 0.5)}}, "without records"),
        ({"false_fill": 1.5}, "a share 1.5"),
        ({"sets": {"one": SetScore(1, -0.5)}}, "a share -0.5"),
    ],
)
def test_a_fault_is_named(change: dict[str, Any], said: str) -> None:
    assert said in (complaint(dataclasses.replace(GOOD, **change)) or "")


def placed(folder: Path, scores: Scores) -> str:
    """The tiny recipe in a folder of its own, scores beside it."""
    path = folder / "tiny.toml"
    shutil.copyfile(RECIPES / "tiny.toml", path)
    scores_path(path).write_text(json.dumps(dataclasses.asdict(scores)), encoding="utf-8")
    return str(path)


def test_scores_beside_a_recipe_go_into_the_manifest(tmp_path: Path) -> None:
    recipe = load_recipe("tiny")
    scores = dataclasses.replace(GOOD, weights=weights_digest(describe_source(recipe), recipe.prompt))
    built = build_bundle(load_recipe(placed(tmp_path, scores)), tmp_path / "bundle", cache=CACHE)
    assert built.manifest.scores == scores
    plain = build_bundle(recipe, tmp_path / "plain", cache=CACHE)
    assert plain.manifest.scores is None
    assert plain.manifest.version != built.manifest.version


def test_scores_of_other_weights_are_left_out(tmp_path: Path) -> None:
    told: list[str] = []
    recipe = load_recipe(placed(tmp_path, GOOD))
    built = build_bundle(recipe, tmp_path / "bundle", told.append, cache=CACHE)
    assert built.manifest.scores is None
    assert any("scores of other weights" in text for text in told)


def test_a_broken_file_of_scores_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="a share 2"):
        load_recipe(placed(tmp_path, dataclasses.replace(GOOD, f1=2.0)))


def test_a_report_becomes_scores() -> None:
    report = {
        "conditions": {"variant": "wasm-int8"},
        "macro": {"f1": 0.61249, "false_fill": None},
        "sets": {"one": {"records": 3, "f1": 0.5}, "two": {"records": 4, "f1": 0.72499}},
    }
    scores = scores_of(report, "0" * 16)
    assert (scores.f1, scores.false_fill) == (0.612, 0.0)
    assert scores.sets == {"one": SetScore(3, 0.5), "two": SetScore(4, 0.725)}
    assert complaint(scores) is None
