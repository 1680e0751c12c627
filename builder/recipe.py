"""A recipe: which checkpoint, which prompt, which variants. Read from TOML and checked before work begins.

What `excerpt calibrate` fitted for it and what `excerpt eval --record` measured stand in files of their own,
`NAME.calibration.json` and `NAME.scores.json` beside it.
"""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

from builder.bundle.calibration import Calibration
from builder.bundle.calibration import complaint as calibration_complaint
from builder.bundle.manifest import PromptParts
from builder.bundle.rules import SHA256
from builder.bundle.scores import Scores
from builder.bundle.scores import complaint as scores_complaint
from builder.errors import RecipeError
from builder.licensing import license_complaint
from builder.records import ShapeError, UnknownNameError, named_toml, read_record, read_toml, toml_names
from builder.sources import RandomSource, Source
from builder.sources.architecture import Setting, architecture_complaint, plain

RECIPES = Path(__file__).parent / "recipes"
DEFAULT_RECIPE = "smollm2-135m-instruct"
MEBIBYTE = 1024 * 1024
Shape = TypeVar("Shape")


@dataclass(frozen=True)
class AdapterSource:
    """A LoRA adapter to merge: its folder and the SHA-256 of its tensors. `path` counts from the recipe's
    folder."""

    path: str
    sha256: str


@dataclass(frozen=True)
class VariantRecipe:
    """A variant to build, and its gates: the divergence from float32 and the download in bytes above which it
    is not written. With `detail` no step of a rounded matrix is finer than its root mean square divided by
    it."""

    name: str
    backend: Literal["wasm", "webgpu", "cpu"]
    quantization: Literal["dynamic-int8", "float32", "int4-blocks", "int8-blocks"]
    max_kl_divergence: float
    shard_bytes: int
    max_bytes: int | None = None
    requires: tuple[Literal["shader-f16"], ...] = ()
    detail: float | None = None


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a bundle's content, besides the builder itself.

    `max_positions` is how far the graph counts, where the checkpoint's own reach would cost more than it is
    worth; `license_file` tells of a licence that is not free, counted from the recipe's folder.
    """

    name: str
    license: str
    source: Source
    prompt: PromptParts
    variants: tuple[VariantRecipe, ...]
    license_file: str | None = None
    max_positions: int | None = None
    architecture: dict[str, Setting] | None = None
    adapter: AdapterSource | None = None
    calibration: Calibration | None = None
    scores: Scores | None = None


@dataclass(frozen=True)
class OtherVariants:
    """A recipe that differs from another, its base, in nothing but its variants."""

    name: str
    base: str
    variants: tuple[VariantRecipe, ...]


def basis(recipe: Recipe) -> dict[str, object]:
    """What an adapter is tuned on and for, as plain data: the weights before it, and the words around a
    document."""
    source = recipe.source.identity()
    if isinstance(recipe.source, RandomSource):
        source["architecture"] = plain(recipe.architecture or {})
    return {"source": source, "prompt": dataclasses.asdict(recipe.prompt)}


def with_random_weights(recipe: Recipe, seed: int) -> Recipe:
    """The recipe with random weights of the same architecture. Raises RecipeError where it states none."""
    if recipe.architecture is None:
        raise RecipeError(
            f"the recipe {recipe.name!r} states no [architecture] to draw weights for",
            "add one with the settings of the model's config.json",
        )
    return with_weights(recipe, RandomSource("random", seed))


def with_weights(recipe: Recipe, source: Source) -> Recipe:
    """The recipe with other weights; what was fitted to its own is left out."""
    return dataclasses.replace(recipe, source=source, adapter=None, calibration=None, scores=None)


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
    text = path.read_text(encoding="utf-8")
    other = parse_other_variants(text, str(path))
    recipe = load_whole(recipe_path(name_or_path if other is None else other.base))
    if other is None:
        return recipe
    calibration = read_calibration(calibration_path(path)) or recipe.calibration
    return dataclasses.replace(
        recipe,
        name=other.name,
        variants=other.variants,
        calibration=calibration,
        scores=read_scores(scores_path(path)),
    )


def load_whole(path: Path) -> Recipe:
    """Read the file of a recipe without a base. Raises RecipeError."""
    recipe = with_adapter_in(path.parent, parse_recipe(path.read_text(encoding="utf-8"), str(path)))
    calibration = read_calibration(calibration_path(path))
    told = recipe.license_file and str((path.parent / recipe.license_file).resolve())
    return dataclasses.replace(
        recipe,
        source=recipe.source.placed(path),
        calibration=calibration,
        scores=read_scores(scores_path(path)),
        license_file=told,
    )


def parse_other_variants(text: str, where: str) -> OtherVariants | None:
    """Read the text of a recipe that has a base; None for any other. Raises RecipeError."""
    try:
        if "base" not in tomllib.loads(text):
            return None
        other = read_toml(OtherVariants, text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{where}: {error}", "correct the recipe") from error
    except ShapeError as error:
        raise RecipeError(f"{where}: {error}", "correct the recipe") from error
    if complaint := variants_complaint(other.variants):
        raise RecipeError(f"{where}: {complaint}", "correct the recipe")
    return other


def calibration_path(recipe: Path) -> Path:
    """Where the calibration of a recipe's file stands."""
    return recipe.with_suffix(".calibration.json")


def scores_path(recipe: Path) -> Path:
    """Where the scores of a recipe's file stand."""
    return recipe.with_suffix(".scores.json")


def read_calibration(path: Path) -> Calibration | None:
    """A recipe's calibration; None where it has none. Raises RecipeError."""
    beside = Beside(Calibration, calibration_complaint, "fit it again with `excerpt calibrate`")
    return read_beside(beside, path)


def read_scores(path: Path) -> Scores | None:
    """A recipe's scores; None where it has none. Raises RecipeError."""
    beside = Beside(Scores, scores_complaint, "measure again with `excerpt eval --record`")
    return read_beside(beside, path)


@dataclass(frozen=True)
class Beside(Generic[Shape]):
    """What a command writes beside a recipe: its shape, its rules, and how to write it anew."""

    shape: type[Shape]
    complaint: Callable[[Shape], str | None]
    remedy: str


def read_beside(beside: Beside[Shape], path: Path) -> Shape | None:
    """Read such a file; None where there is none. Raises RecipeError."""
    if not path.is_file():
        return None
    try:
        found = read_record(beside.shape, json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise RecipeError(f"{path}: {error}", beside.remedy) from error
    if wrong := beside.complaint(found):
        raise RecipeError(f"{path}: {wrong}", beside.remedy)
    return found


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
        recipe.source.complaint(),
        prompt_complaint(recipe.prompt),
        variants_complaint(recipe.variants),
        license_complaint(recipe.license, recipe.license_file),
    ]
    if recipe.max_positions is not None and recipe.max_positions < 1:
        complaints.append(f"max_positions {recipe.max_positions} is not above 0")
    for name in ("calibration", "scores"):
        if getattr(recipe, name) is not None:
            complaints.append(f"{name} is not a known field, it stands in a file of its own")
    if recipe.adapter is not None:
        complaints.append(hash_complaint(recipe.adapter.sha256))
    if recipe.architecture is not None:
        complaints.append(architecture_complaint(recipe.architecture))
    elif isinstance(recipe.source, RandomSource):
        complaints.append("random weights need an [architecture]")
    return next((complaint for complaint in complaints if complaint), None)


def hash_complaint(sha256: str) -> str | None:
    """What is wrong with a SHA-256, or None."""
    return None if SHA256.fullmatch(sha256) else f"sha256 {sha256!r} is not 64 lower-case hexadecimal digits"


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
        if variant.detail is not None and variant.detail <= 0:
            return f"detail {variant.detail} of {variant.name!r} is not above 0"
        if variant.max_kl_divergence <= 0:
            return f"max_kl_divergence {variant.max_kl_divergence} of {variant.name!r} is not above 0"
    return None
