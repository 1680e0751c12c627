"""docs/models.md names every recipe with its licence, and the variables that the code reads."""

from __future__ import annotations

import re

from builder.families import families
from builder.licensing import ACCEPT, FREE
from builder.pipeline import CHECKOUT
from builder.recipe import load_recipe, parse_other_variants, recipe_names, recipe_path
from builder.sources import RandomSource
from builder.sources.download import ENDPOINT, TOKEN
from builder.tokenizer.texts import TEXTS

PAGE = (CHECKOUT / "docs" / "models.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([^`]+)`[^|]*\| [^|]*\| [^|]*\| ([\w.-]+)(, not free)? \|$", re.MULTILINE)


def test_every_recipe_of_a_model_is_named_with_its_licence() -> None:
    texts = {name: recipe_path(name).read_text(encoding="utf-8") for name in recipe_names()}
    models = [name for name, text in texts.items() if parse_other_variants(text, name) is None]
    recipes = {name: load_recipe(name) for name in models}
    assert {name: license_name for name, license_name, _ in ROW.findall(PAGE)} == {
        name: recipe.license
        for name, recipe in recipes.items()
        if not isinstance(recipe.source, RandomSource)
    }


def test_what_is_not_free_says_so() -> None:
    for name, license_name, not_free in ROW.findall(PAGE):
        assert bool(not_free) == (license_name not in FREE), name


def test_the_words_of_the_code_are_those_of_the_page() -> None:
    for word in (ENDPOINT, TOKEN, ACCEPT, "--weights random --seed", *FREE, f"{len(TEXTS)} hard texts"):
        assert word in PAGE
    for family in families():
        assert family.removesuffix("_text").rstrip("3").lower() in PAGE.lower()
