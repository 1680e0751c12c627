"""The recipe of a run: a TOML file, read strictly into frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from builder.finetune.errors import FinetuneError
from builder.finetune.variation import VariationRecipe
from builder.records import ShapeError, UnknownNameError, named_toml, read_toml, toml_names

RECIPES = Path(__file__).parent / "recipes"
DEFAULT = "default"


@dataclass(frozen=True)
class DataRecipe:
    """Which records are drawn how often.

    `generated` is how many documents the generator writes, `generated_share` the share of draws that go to
    them; the rest is spread over the sets by their size to the power of `balance`, times
    their `emphasis` where they have one. `held_out` (sets) and
    `held_out_kinds` (domains of generated documents) are never trained on. Longer examples than `max_tokens`
    are left out.
    """

    seed: int
    generated: int
    generated_share: float
    balance: float
    held_out: tuple[str, ...]
    held_out_kinds: tuple[str, ...]
    left_out: tuple[str, ...]
    max_tokens: int
    variation: VariationRecipe
    emphasis: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class LoraRecipe:
    """The adapter: its rank, its scale (alpha / rank) and the linear layers that it sits on."""

    rank: int
    alpha: float
    layers: tuple[str, ...]


@dataclass(frozen=True)
class OptimiserRecipe:
    """AdamW under a cosine with warm-up; `warm_up` and the cosine count in shares of the run."""

    learning_rate: float
    final_share: float
    warm_up: float
    weight_decay: float
    clip: float


@dataclass(frozen=True)
class RunRecipe:
    """How long and how: steps unless a time is given, tokens of a step and of one forward, seconds between
    checkpoints."""

    seed: int
    steps: int
    tokens_per_step: int
    tokens_per_forward: int
    checkpoint_seconds: float
    steer_seconds: float
    steer_records: int


@dataclass(frozen=True)
class TuneRecipe:
    """Everything that decides a run, besides the data and the base model."""

    name: str
    base: str
    data: DataRecipe
    lora: LoraRecipe
    optimiser: OptimiserRecipe
    run: RunRecipe


def recipe_names() -> list[str]:
    """The recipes that come with the builder."""
    return toml_names(RECIPES)


def load_tuning(name_or_path: str) -> TuneRecipe:
    """Read a run's recipe by name or by path. Raises FinetuneError when it is missing, malformed or
    contradicts itself."""
    try:
        path = named_toml(name_or_path, RECIPES)
    except UnknownNameError as error:
        raise FinetuneError(f"there is no recipe {name_or_path!r}", str(error)) from error
    return parse_tuning(path.read_text(encoding="utf-8"), str(path))


def parse_tuning(text: str, where: str) -> TuneRecipe:
    """Read a recipe's text; `where` names it in errors. Raises FinetuneError."""
    try:
        recipe = read_toml(TuneRecipe, text)
    except ShapeError as error:
        raise FinetuneError(f"{where}: {error}", "correct the recipe") from error
    if complaint := contradiction(recipe):
        raise FinetuneError(f"{where}: {complaint}", "correct the recipe")
    return recipe


def contradiction(recipe: TuneRecipe) -> str | None:
    """What is wrong with a well-shaped recipe, or None."""
    data, run, variation = recipe.data, recipe.run, recipe.data.variation
    shares = {
        "data.generated_share": data.generated_share,
        "optimiser.warm_up": recipe.optimiser.warm_up,
        "optimiser.final_share": recipe.optimiser.final_share,
        **{
            f"data.variation.{name}": value for name, value in vars(variation).items() if name != "max_fields"
        },
    }
    for name, value in shares.items():
        if not 0 <= value <= 1:
            return f"{name} is {value}, expected a share between 0 and 1"
    counts = (
        run.steps,
        run.tokens_per_step,
        run.tokens_per_forward,
        recipe.lora.rank,
        variation.max_fields,
        data.max_tokens,
    )
    if min(counts) < 1:
        return "steps, tokens, rank and max_fields must be at least 1"
    if wrong := [name for name, factor in data.emphasis.items() if factor < 0]:
        return f"data.emphasis.{wrong[0]} is {data.emphasis[wrong[0]]}, expected 0 or more"
    if variation.absent_share == 1:
        return "data.variation.absent_share is 1, so that nothing would ever be found"
    return None
