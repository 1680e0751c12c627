"""Whether confidence means what it says: the expected calibration error over bins of equal mass.

Fields are put into bins in the order of their confidence, as many into each; the error is the distance
between a bin's mean confidence and its share of right answers, averaged over the fields. A field is right
where its leaves are those of the gold answer, an absent one where the gold answer says nothing. Pure.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.evaluate.scoring import BOOTSTRAP_ROUNDS, BOOTSTRAP_SEED, Interval, JsonValue, interval, leaves

BINS = 15


@dataclass(frozen=True)
class Judged:
    """A field's answer: how sure the engine was, and whether it is the gold one."""

    confidence: float
    right: bool


def gold_leaves(gold: JsonValue, path: str) -> Counter[str] | None:
    """The normalised leaves of the gold answer at a JSON pointer; None where a list of objects is there or
    on the way, whose rows cannot be told apart."""
    value = gold
    for part in path.split("/")[1:]:
        if isinstance(value, list):
            return None
        name = part.replace("~1", "/").replace("~0", "~")
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return None
    return value_leaves(value)


def value_leaves(value: JsonValue) -> Counter[str]:
    """The normalised leaves of one field's value."""
    return Counter(leaf for _, leaf in leaves(value))


def judge_fields(answers: Iterable[tuple[str, JsonValue, float]], gold: JsonValue) -> Iterator[Judged]:
    """Judge the fields of one record, each with its path, its value and its confidence."""
    for path, value, confidence in answers:
        wanted = gold_leaves(gold, path)
        if wanted is not None:
            yield Judged(confidence, value_leaves(value) == wanted)


def expected_error(judged: Sequence[Judged], bins: int = BINS) -> float | None:
    """The expected calibration error, 0 to 1; None without any answers."""
    if not judged:
        return None
    ordered = sorted(judged, key=lambda one: one.confidence)
    edges = [round(place * len(ordered) / bins) for place in range(bins + 1)]
    return sum(abs(sum(map(gap, ordered[low:high]))) for low, high in pairwise(edges)) / len(ordered)


def gap(one: Judged) -> float:
    """By how much an answer was surer than right."""
    return one.confidence - one.right


def error_intervals(
    sets: Sequence[Sequence[Sequence[Judged]]], seed: int = BOOTSTRAP_SEED, rounds: int = BOOTSTRAP_ROUNDS
) -> tuple[list[Interval | None], Interval | None]:
    """95 % intervals of each set's error and of their mean; a set is a list of its records, these of fields.

    Records are drawn with replacement within each set; the bins stay those of the whole set.
    """
    generator = random.Random(seed)
    binned = [
        [by_bin(record, edges) for record in records]
        for records, edges in zip(sets, map(edges_of, sets), strict=True)
    ]
    draws = [[drawn_error(records, generator) for records in binned] for _ in range(rounds)]
    per_set = [interval([draw[place] for draw in draws]) for place in range(len(sets))]
    means = [[error for error in draw if error is not None] for draw in draws]
    return per_set, interval([sum(known) / len(known) for known in means if known])


def edges_of(records: Sequence[Sequence[Judged]]) -> list[float]:
    """The confidences at which a set's bins of equal mass begin, without the first."""
    ordered = sorted(one.confidence for record in records for one in record)
    places = (round(place * len(ordered) / BINS) for place in range(1, BINS))
    return sorted({ordered[place] for place in places if place < len(ordered)})


def by_bin(record: Sequence[Judged], edges: Sequence[float]) -> tuple[int, dict[int, float]]:
    """A record's number of fields, and the sum of their gaps by bin."""
    gaps: dict[int, float] = {}
    for one in record:
        place = bisect_right(edges, one.confidence)
        gaps[place] = gaps.get(place, 0.0) + gap(one)
    return len(record), gaps


def drawn_error(records: Sequence[tuple[int, dict[int, float]]], generator: random.Random) -> float | None:
    """The error of as many records as there are, drawn with replacement."""
    fields, sums = 0, [0.0] * (BINS + 1)
    for count, gaps in generator.choices(records, k=len(records)) if records else ():
        fields += count
        for place, value in gaps.items():
            sums[place] += value
    return sum(map(abs, sums)) / fields if fields else None
