"""Training data that no step of a tuning has seen: held-out sets and kinds, and records not drawn in time.

Nothing of the evaluation's own data is read here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from builder.evaluate.errors import RecordsError
from builder.export.adapter import DESCRIPTION
from builder.finetune.data import GENERATED, Mixture, digest_of, draws, load_mixture
from builder.finetune.records import Record
from builder.finetune.start import EARLIER
from builder.finetune.tuning import DataRecipe
from builder.recipe import Recipe
from builder.records import read_record

SEED = 20240229
# Longer texts cost seconds each and tell no more about a threshold.
MOST_CHARACTERS = 2500


@dataclass(frozen=True)
class Unseen:
    """Records by set, their SHA-256, and whether what a tuning had drawn could be told."""

    records: tuple[Record, ...]
    sha256: str
    traced: bool


def unseen_records(folder: Path, data: DataRecipe, recipe: Recipe, limit: int) -> Unseen:
    """About `limit` records: a third of held-out sets, a third of the others where they were not drawn, and a
    third generated from a seed of their own, which alone ask for numbers, days and choices; the same ones for
    the same data.

    Raises FinetuneError for a folder without the sets, RecordsError where nothing is left.
    """
    mixture = load_mixture(folder, replace(data, seed=SEED))
    drawn = drawn_records(mixture, recipe)
    fresh = {} if drawn is None else undrawn(mixture.training, drawn)
    made = {name: records for name, records in fresh.items() if name == GENERATED}
    others = {name: records for name, records in fresh.items() if name != GENERATED}
    portions = [sets for sets in (mixture.held_out, others, made) if sets]
    chosen = [record for sets in portions for record in spread(sets, limit // len(portions))]
    if not chosen:
        raise RecordsError(f"{folder} holds no record that was not trained on", "hold sets out in the recipe")
    return Unseen(tuple(chosen), digest_of([chosen]), drawn is not None)


def drawn_records(mixture: Mixture, recipe: Recipe) -> set[tuple[str, str]] | None:
    """Set and id of each record of a mixture that a recipe's adapter was tuned on, in all the runs that made
    it; None where that cannot be told."""
    if recipe.adapter is None:
        return set()
    path = Path(recipe.adapter.path) / DESCRIPTION
    described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    runs = [drawn_in(run, mixture.training) for run in (*described.get(EARLIER, ()), described)]
    told = [drawn for drawn in runs if drawn is not None]
    return set().union(*told) if len(told) == len(runs) else None


def drawn_in(run: Mapping[str, Any], training: dict[str, list[Record]]) -> set[tuple[str, str]] | None:
    """What one run drew, replayed from its description; None where it does not fit the records at hand.

    Which records of a set are drawn does not depend on what the generator wrote, so the documents of another
    seed stand in for the run's own, and none of them was drawn.
    """
    try:
        data = read_record(DataRecipe, run["recipe"]["data"])
        if data.seed == SEED or sizes(run["sets"]) != sizes({name: len(training[name]) for name in training}):
            return None
        replayed = islice(draws(training, data), int(run["drawn"]))
        return {(one.set, one.id) for one in replayed if one.set != GENERATED}
    except (LookupError, TypeError, ValueError):
        return None


def sizes(sets: Mapping[str, int]) -> dict[str, int]:
    """How many records each set has, only one that there are documents of the generator."""
    return {name: min(count, 1) if name == GENERATED else count for name, count in sets.items()}


def undrawn(sets: Mapping[str, Sequence[Record]], drawn: set[tuple[str, str]]) -> dict[str, list[Record]]:
    """The records of each set that were never drawn."""
    return {
        name: [one for one in records if (one.set, one.id) not in drawn] for name, records in sets.items()
    }


def spread(sets: Mapping[str, Sequence[Record]], count: int) -> list[Record]:
    """About `count` records, as many of each set, by seed; long texts are passed over."""
    each = -(-count // len(sets)) if sets else 0
    chosen: list[Record] = []
    for name, records in sorted(sets.items()):
        short = [one for one in records if len(one.text) <= MOST_CHARACTERS]
        chosen += Random(f"{SEED} {name}").sample(short, min(each, len(short)))
    return chosen
