from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.bundle.calibration import KINDS, Calibration, ConfidenceMap, ConfidenceMaps, complaint
from builder.bundle.manifest import parse_manifest, weights_digest
from builder.canonical import canonical_json
from builder.errors import RecipeError
from builder.export.weights import describe_source
from builder.pipeline import CACHE, build_bundle, fitting_calibration
from builder.recipe import RECIPES, calibration_path, load_recipe, parse_recipe
from builder.stamp import bundle_key, graph_key
from tests.builder.calibrations import some_calibration


def tiny_weights() -> str:
    recipe = load_recipe("tiny")
    return weights_digest(describe_source(recipe), recipe.prompt)


def with_maps(maps: ConfidenceMaps) -> Calibration:
    some = some_calibration()
    return dataclasses.replace(some, confidence=some.confidence | {"list": maps})


def test_a_whole_calibration_has_no_fault() -> None:
    assert complaint(some_calibration()) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (some_calibration(threshold=-0.1), "null_threshold.string is -0.1"),
        (some_calibration(weights="x" * 16), "fitted.weights is not 16"),
        (dataclasses.replace(some_calibration(), null_threshold={"string": 0.5}), "has the kinds string"),
        (with_maps(ConfidenceMaps(ConfidenceMap(-1, 0), ConfidenceMap(1, 0))), "confidence.list.filled"),
        (with_maps(ConfidenceMaps(ConfidenceMap(1, 0), ConfidenceMap(1, 101))), "confidence.list.absent"),
    ],
)
def test_a_fault_is_named(wrong: Calibration, said: str) -> None:
    assert said in (complaint(wrong) or "")


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 100), st.floats(-100, 100))
def test_a_map_keeps_the_order(a: float, b: float, slope: float, offset: float) -> None:
    low, high = sorted((a, b))
    assert 0 <= ConfidenceMap(slope, offset)(low) <= ConfidenceMap(slope, offset)(high) <= 1


def test_a_map_is_a_line_on_the_log_odds() -> None:
    assert ConfidenceMap(0.5, 0)(0.8) == pytest.approx(2 / 3)
    assert ConfidenceMap(1, 0)(0.3) == pytest.approx(0.3)


def test_a_recipe_reads_the_calibration_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "tiny.toml"
    shutil.copy(RECIPES / "tiny.toml", path)
    assert load_recipe(str(path)).calibration is None
    calibration_path(path).write_bytes(canonical_json(dataclasses.asdict(some_calibration())))
    assert load_recipe(str(path)).calibration == some_calibration()
    calibration_path(path).write_text('{"null_threshold": 1}', encoding="utf-8")
    with pytest.raises(RecipeError, match="confidence is missing; fit it again"):
        load_recipe(str(path))
    calibration_path(path).write_bytes(canonical_json(dataclasses.asdict(some_calibration(threshold=7))))
    with pytest.raises(RecipeError, match="expected 0 to 2; fit it again with `excerpt calibrate`"):
        load_recipe(str(path))


def test_a_recipe_itself_holds_no_calibration() -> None:
    text = (RECIPES / "tiny.toml").read_text(encoding="utf-8")
    table = "[calibration.null_threshold]\n[calibration.confidence]\n[calibration.fitted]\n"
    note = 'date = ""\ndata_sha256 = ""\nweights = ""\nrecords = 1\nfields = 1\n'
    with pytest.raises(RecipeError, match="stands in a file of its own"):
        parse_recipe(f"{text}\n{table}{note}", "tiny.toml")


def test_it_decides_the_bundle_and_not_the_graph() -> None:
    plain = load_recipe("tiny")
    calibrated = dataclasses.replace(plain, calibration=some_calibration())
    assert graph_key(calibrated) == graph_key(plain)
    assert bundle_key(calibrated) != bundle_key(plain)


def test_one_of_other_weights_is_left_out_and_said_so() -> None:
    stations: list[str] = []
    fitting, other = some_calibration(tiny_weights()), some_calibration()
    recipe = load_recipe("tiny")
    for calibration, kept in ((fitting, fitting), (other, None), (None, None)):
        made = dataclasses.replace(recipe, calibration=calibration)
        assert fitting_calibration(made, stations.append) == kept
    assert len(stations) == 1
    assert "Leaving out a calibration of other weights" in stations[0]


def test_the_bundle_carries_it(tiny_bundle: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "sources").symlink_to(CACHE / "sources")
    recipe = dataclasses.replace(load_recipe("tiny"), calibration=some_calibration(tiny_weights()))
    manifest = build_bundle(recipe, tmp_path / "bundle", cache=cache).manifest
    plain = parse_manifest((tiny_bundle / "manifest.json").read_bytes())
    assert manifest.calibration == recipe.calibration
    assert parse_manifest((tmp_path / "bundle" / "manifest.json").read_bytes()) == manifest
    assert manifest.version != plain.version
    assert dataclasses.replace(manifest, calibration=None, version=plain.version) == plain
    assert "calibration" not in json.loads((tiny_bundle / "manifest.json").read_bytes())
    assert manifest.calibration is not None
    assert set(manifest.calibration.null_threshold) == set(KINDS)
