"""The command, on observations that are kept; asking the engine is a browser's test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.bundle.keys import own_key
from builder.bundle.manifest import weights_digest
from builder.bundle.sealing import is_sealed, signing_time
from builder.bundle.signing import public_bytes
from builder.bundle.verification import verify_files
from builder.cli import main
from builder.evaluate.calibrating import Kept, keep
from builder.evaluate.rebundle import read_manifest, recalibrated
from builder.pipeline import CACHE
from builder.recipe import RECIPES, load_recipe
from tests.builder.calibrations import some_calibration

from .test_fitting import population


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    shutil.copy(RECIPES / "tiny.toml", path)
    return path


def calibrate(recipe: Path, bundle: Path, data: Path, *more: str) -> Result:
    options = ["--recipe", str(recipe), "--bundle", str(bundle), "--data", str(data), "--again", *more]
    return CliRunner().invoke(main, ["calibrate", *options])


def test_kept_observations_are_fitted_and_written_beside_the_recipe(
    tiny_bundle: Path, recipe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = read_manifest(tiny_bundle)
    weights = weights_digest(manifest.source, manifest.prompt)
    monkeypatch.chdir(tmp_path)
    keep(Kept(weights, "0" * 64, 400, 2, tuple(population(1600, 4))))
    done = calibrate(recipe, tiny_bundle, tmp_path, "--most-false-fills", "0.1")
    assert done.exit_code == 0, done.output
    assert "400 records, 2 failed" in done.output
    assert "string: absent from 0." in done.output
    calibration = load_recipe(str(recipe)).calibration
    assert calibration is not None
    assert calibration.fitted.weights == weights
    assert (calibration.fitted.records, calibration.fitted.fields) == (400, 1600)
    strict = calibration.null_threshold["string"]
    again = calibrate(
        recipe, tiny_bundle, tmp_path, "--most-false-fills", "1", "--out", str(tmp_path / "other.json")
    )
    assert again.exit_code == 0
    loose = json.loads((tmp_path / "other.json").read_text(encoding="utf-8"))["null_threshold"]["string"]
    assert 0 < strict < loose


def test_without_kept_observations_it_is_one_line(
    tiny_bundle: Path, recipe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = calibrate(recipe, tiny_bundle, tmp_path)
    assert done.exit_code == 1
    assert "there are no observations for this bundle" in done.output
    assert "run without --again" in done.output


def test_a_bundle_is_whole_under_another_calibration(tiny_bundle: Path) -> None:
    plain = read_manifest(tiny_bundle)
    with recalibrated(tiny_bundle, some_calibration()) as folder:
        manifest = verify_files(folder)
        assert manifest.calibration == some_calibration()
        assert manifest.version != plain.version
        assert manifest.files() == plain.files()
        assert is_sealed(folder, public_bytes(own_key(CACHE)), signing_time())
        with recalibrated(folder, None) as back:
            assert verify_files(back) == plain
    assert not folder.exists()
    assert verify_files(tiny_bundle) == plain
