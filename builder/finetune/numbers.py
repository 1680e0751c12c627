"""Numbers as people write them: the Python side of `web/src/normalize/number.ts`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANK_MARKS = " \u00a0\u202f'\u2019"
NUMBER = re.compile(
    rf"(?<![0-9.,])(?:(?<![^\W_])(?<![)\]])[-−+])?"  # noqa: RUF001 (the minus sign is meant)
    rf"(?:[0-9]{{1,3}}(?:[{BLANK_MARKS}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
)
BLANK_MARK = re.compile(f"[{BLANK_MARKS}]")
GROUPED = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3})+)")
COULD_GROUP = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,]")


@dataclass(frozen=True)
class NumberPlace:
    """A number's place in a text, in characters, and its value."""

    start: int
    end: int
    value: float


def find_numbers(text: str) -> list[NumberPlace]:
    """Every number of the text; `6 108.12` may be one number or two: both readings are given."""
    comma_is_decimal = decimal_mark(text) == ","
    places = []
    for match in NUMBER.finditer(text):
        for start, written in readings(match[0], match.start()):
            value = parse(written, comma_is_decimal)
            if math.isfinite(value):
                places.append(NumberPlace(start, start + len(written), value))
    return places


def readings(written: str, start: int) -> Iterator[tuple[int, str]]:
    """The whole, and where a blank joins its groups, every group too."""
    yield start, written
    groups = BLANK_MARK.split(written)
    if len(groups) > 1:
        at = start
        for group in groups:
            yield at, group
            at += len(group) + 1


def decimal_mark(text: str) -> str | None:
    """The decimal mark that the unambiguous numbers of the text use."""

    def count(mark: str) -> int:
        return len(re.findall(rf"[0-9][{mark}](?:[0-9]{{1,2}}|[0-9]{{4,}})(?![0-9.,]*[0-9])", text))

    commas, points = count(","), count(".")
    if commas == points:
        return None
    return "," if commas > points else "."


def parse(written: str, comma_is_decimal: bool) -> float:
    """The value, or NaN where the marks make no number."""
    plain = BLANK_MARK.sub("", written.replace("−", "-"))  # noqa: RUF001 (the minus sign is meant)
    decimal = decimal_of(plain, re.sub(r"[^.,]", "", plain), comma_is_decimal)
    whole, _, fraction = plain.rpartition(decimal) if decimal else (plain, "", "")
    if not GROUPED.fullmatch(whole):
        return math.nan
    return float(f"{re.sub(r'[.,]', '', whole)}.{fraction or '0'}")


def decimal_of(plain: str, marks: str, comma_is_decimal: bool) -> str | None:
    """Of two kinds of marks the last is the decimal one; of one kind a single one unless it groups
    thousands."""
    if not marks:
        return None
    last = marks[-1]
    if len(set(marks)) > 1:
        return last
    if len(marks) > 1:
        return None
    digits_after = len(plain) - plain.rindex(last) - 1
    could_group = digits_after == 3 and COULD_GROUP.match(plain) is not None
    return None if could_group and (last == ",") != comma_is_decimal else last
