"""Scores an output against a gold answer. Pure: no files, no clock, no hidden randomness.

The rules:

- A *leaf* is a pair (path, value). The path is a JSON pointer without list indices, so the items of a
  list are compared as a multiset: order does not count, repetition does. Rows of a list of objects
  are compared column by column.
- Values are compared after `normalise`: lower case, white space collapsed, edge punctuation stripped.
  A number and a string that prints the same count as equal here; telling them apart is the work of
  the schema check, which is a measure of its own.
- `null`, an empty list, an empty object and a blank string are *absent*; everything else is *filled*.
- Precision, recall and F1 are taken over filled leaves, pooled over the records of a set.
- A field (an index-free path of the gold answer) is *gold-absent* when the gold answer fills nothing
  at or below it. False fill is the share of gold-absent fields that the output filled; null recall is
  the share that an output left empty. They differ by the records without an output: a failed record
  neither fills a field nor answers null.
- A failed record counts: its gold leaves are missed and it is not valid.
- Validity is the share of records whose output fits the record's schema (draft 2020-12, `format` too).
- Grounding is the share of non-blank string values that stand in the text: verbatim, else with white
  space collapsed on both sides.
- A share of nothing is `None`, never a number, and is left out of the macro average.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from jsonschema import Draft202012Validator

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]
Leaf = tuple[str, str]
Interval = tuple[float, float]

BOOTSTRAP_ROUNDS = 1000
BOOTSTRAP_SEED = 20240229


@dataclass(frozen=True)
class Tally:
    """Counts of one record, or the sum of many; every measure is computed from these."""

    records: int = 0
    valid: int = 0
    matched: int = 0
    predicted: int = 0
    gold: int = 0
    absent: int = 0
    false_filled: int = 0
    left_empty: int = 0
    strings: int = 0
    grounded: int = 0

    def __add__(self, other: Tally) -> Tally:
        """The counts of both together."""
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Measures:
    """Shares between 0 and 1; `None` where there was nothing to take a share of."""

    precision: float | None
    recall: float | None
    f1: float | None
    false_fill: float | None
    null_recall: float | None
    validity: float | None
    grounding: float | None


MEASURES = tuple(field.name for field in fields(Measures))


def normalise(value: bool | int | float | str) -> str:
    """The form in which values are compared."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str):
        return str(value)
    collapsed = " ".join(value.lower().split())
    return _strip_punctuation(collapsed) or collapsed


def leaves(value: JsonValue, path: str = "") -> Iterator[Leaf]:
    """The filled leaves of a JSON value, with normalised values, in document order."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, _join(path, name))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    elif value is not None and normalise(value):
        yield path, normalise(value)


def absent_fields(gold: JsonValue) -> set[str]:
    """The index-free paths at which the gold answer says nothing."""
    filled = {path for path, _ in leaves(gold)}
    return {path for path in _endings(gold) if not _touches(path, filled)}


def tally(output: JsonValue, gold: JsonValue, schema: Mapping[str, JsonValue], text: str) -> Tally:
    """Counts for one record that has an output."""
    predicted, wanted = Counter(leaves(output)), Counter(leaves(gold))
    absent = absent_fields(gold)
    filled = {path for path, _ in predicted}
    false_filled = sum(_touches(path, filled) for path in absent)
    strings = [string for string in _strings(output) if string.strip()]
    return Tally(
        records=1,
        valid=int(fits(output, schema)),
        matched=(predicted & wanted).total(),
        predicted=predicted.total(),
        gold=wanted.total(),
        absent=len(absent),
        false_filled=false_filled,
        left_empty=len(absent) - false_filled,
        strings=len(strings),
        grounded=sum(stands_in(string, text) for string in strings),
    )


def tally_failed(gold: JsonValue) -> Tally:
    """Counts for a record that yielded no output."""
    return Tally(records=1, gold=sum(1 for _ in leaves(gold)), absent=len(absent_fields(gold)))


def fits(output: JsonValue, schema: Mapping[str, JsonValue]) -> bool:
    """Whether the output is valid against the schema, formats included."""
    validator = Draft202012Validator(dict(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return bool(validator.is_valid(output))


def stands_in(value: str, text: str) -> bool:
    """Whether a string is a piece of the text, verbatim or with white space collapsed."""
    return value in text or " ".join(value.split()) in " ".join(text.split())


def measure(total: Tally) -> Measures:
    """The measures of a set from its summed counts."""
    return Measures(
        precision=_hit_share(total.matched, total.predicted, total.gold),
        recall=_hit_share(total.matched, total.gold, total.predicted),
        f1=_share(2 * total.matched, total.predicted + total.gold),
        false_fill=_share(total.false_filled, total.absent),
        null_recall=_share(total.left_empty, total.absent),
        validity=_share(total.valid, total.records),
        grounding=_share(total.grounded, total.strings),
    )


def macro(sets: Sequence[Measures]) -> Measures:
    """The plain average over sets; a set without a value for a measure does not enter it."""
    return Measures(**{name: mean([getattr(one, name) for one in sets]) for name in MEASURES})


def bootstrap(
    sets: Sequence[Sequence[Tally]], seed: int = BOOTSTRAP_SEED, rounds: int = BOOTSTRAP_ROUNDS
) -> tuple[list[dict[str, Interval | None]], dict[str, Interval | None]]:
    """95 % percentile intervals of every measure: of each set, and of their macro average.

    Records are drawn with replacement within each set; the same seed gives the same intervals.
    """
    generator = random.Random(seed)
    counts = [[astuple(one) for one in tallies] for tallies in sets]
    draws = [[measure(_resample(rows, generator)) for rows in counts] for _ in range(rounds)]
    per_set = [_intervals([draw[place] for draw in draws]) for place in range(len(sets))]
    return per_set, _intervals([macro(draw) for draw in draws])


def _resample(rows: Sequence[tuple[int, ...]], generator: random.Random) -> Tally:
    chosen = generator.choices(rows, k=len(rows)) if rows else []
    return Tally(*map(sum, zip(*chosen, strict=True)))


def _intervals(draws: Sequence[Measures]) -> dict[str, Interval | None]:
    return {name: interval([getattr(draw, name) for draw in draws]) for name in MEASURES}


def interval(values: Sequence[float | None]) -> Interval | None:
    """Percentiles 2.5 and 97.5, by the nearest rank; None where there are no values."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    last = len(known) - 1
    return known[round(0.025 * last)], known[round(0.975 * last)]


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the known values; None where there are none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _hit_share(matched: int, whole: int, other: int) -> float | None:
    """Precision or recall: 0 where one side is empty and the other is not."""
    return _share(matched, whole) if whole else (0.0 if other else None)


def _strip_punctuation(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_edge(character: str) -> bool:
    return character.isspace() or unicodedata.category(character).startswith("P")


def _join(path: str, name: str) -> str:
    return f"{path}/{name.replace('~', '~0').replace('/', '~1')}"


def _endings(value: JsonValue, path: str = "") -> Iterator[str]:
    """The paths at which the gold answer ends: scalars, nulls, empty lists, empty objects."""
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _endings(item, _join(path, name))
    elif isinstance(value, list) and value:
        for item in value:
            yield from _endings(item, path)
    else:
        yield path


def _touches(path: str, filled: set[str]) -> bool:
    return path in filled or any(other.startswith(f"{path}/") for other in filled)


def _strings(value: JsonValue) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value
