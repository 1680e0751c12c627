from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.build import command as build
from builder.errors import BuildError, RecipeError
from builder.licensing import FREE, license_text
from builder.recipe import RECIPES, load_recipe, parse_recipe, recipe_names

RESTRICTED = [name for name in recipe_names() if load_recipe(name).license not in FREE]


def test_the_restricted_recipes_are_known() -> None:
    assert RESTRICTED == ["lfm2-1.2b-extract", "lfm2-350m-extract", "lfm2.5-230m"]


@pytest.mark.parametrize("name", RESTRICTED)
def test_a_licence_that_is_not_free_is_shown_and_nothing_is_fetched(name: str, tmp_path: Path) -> None:
    recipe = load_recipe(name)
    assert recipe.license_file is not None
    done = CliRunner().invoke(build, ["--recipe", name, "--out", str(tmp_path / "bundle")])
    assert isinstance(done.exception, BuildError)
    assert "build again with --accept-licence" in done.exception.advice
    assert done.output.strip() == license_text(Path(recipe.license_file), recipe.license)
    assert "annual revenue below 10 million" in done.output
    assert "https://www.liquid.ai/" in done.output
    assert not (tmp_path / "bundle").exists()


def test_a_recipe_has_to_tell_of_a_licence_that_is_not_free() -> None:
    text = (RECIPES / "tiny.toml").read_text(encoding="utf-8").replace("Apache-2.0", "my-own")
    with pytest.raises(RecipeError, match=r"'my-own' is not one of Apache-2.0, .*license_file has to tell"):
        parse_recipe(text, "tiny.toml")


def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"mine.txt, cannot be read .*; correct `license_file`"):
        license_text(tmp_path / "mine.txt", "my-own")
