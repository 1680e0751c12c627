from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from builder import stamp
from builder.recipe import Recipe, load_recipe
from builder.stamp import bundle_key, graph_key, stamp_path, standing_bundle


@pytest.fixture
def recipe() -> Recipe:
    return load_recipe("tiny")


def test_the_keys_follow_what_they_stand_for(recipe: Recipe) -> None:
    gate = dataclasses.replace(recipe.variants[0], max_kl_divergence=0.05)
    other = dataclasses.replace(recipe, variants=(gate,))
    assert bundle_key(other) != bundle_key(recipe)
    assert graph_key(other) == graph_key(recipe)


def test_another_prompt_calibrates_another_graph(recipe: Recipe) -> None:
    prompt = dataclasses.replace(recipe.prompt, before_document="Read.")
    other = dataclasses.replace(recipe, prompt=prompt)
    assert graph_key(other) != graph_key(recipe)


def test_every_source_that_decides_a_bundle_is_there() -> None:
    named = (*stamp.GRAPH_SOURCES, *stamp.BUNDLE_SOURCES, *stamp.sample_names())
    assert all((stamp.SOURCES / name).is_file() for name in named)
    assert len(stamp.sample_names()) > 5


def test_a_newer_package_is_another_key(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bundle_key(recipe)
    monkeypatch.setattr(stamp, "PINNED_PACKAGES", ("click", *stamp.PINNED_PACKAGES))
    assert bundle_key(recipe) != before


def test_a_folder_has_a_stamp_of_its_own(tmp_path: Path) -> None:
    assert stamp_path(tmp_path / "a", tmp_path) != stamp_path(tmp_path / "b", tmp_path)
    assert stamp_path(tmp_path / "a" / ".." / "b", tmp_path) == stamp_path(tmp_path / "b", tmp_path)


def test_where_no_stamp_is_no_bundle_stands(tmp_path: Path) -> None:
    assert standing_bundle(tmp_path, "key", tmp_path) is None
