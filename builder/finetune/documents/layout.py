"""How text stands on a page: columns, labels with values, tables, boxes, wrapped paragraphs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from random import Random

Rows = Sequence[Sequence[str]]
PAIR_STYLES = (
    "colon",
    "colon",
    "colon",
    "tight",
    "dots",
    "aligned",
    "pipe",
    "below",
    "dash",
    "tab",
    "equals",
    "bare",
)


def pairs(rng: Random, items: Sequence[tuple[str, str]], style: str = "") -> str:
    """Labels with their values, one under the other, all in one style (drawn where none is given)."""
    chosen = style or rng.choice(PAIR_STYLES)
    width = max((len(label) for label, _ in items), default=0) + rng.randint(1, 4)
    return "\n".join(pair(label, value, chosen, width) for label, value in items)


def pair(label: str, value: str, style: str, width: int = 0) -> str:
    """One label with its value."""
    written = {
        "colon": f"{label}: {value}",
        "tight": f"{label}:{value}",
        "dots": f"{label} {'.' * max(3, width + 8 - len(label))} {value}",
        "aligned": f"{label:<{width}} {value}",
        "pipe": f"| {label:<{width}} | {value} |",
        "below": f"{label}\n{value}",
        "dash": f"{label} - {value}",
        "tab": f"{label}\t{value}",
        "equals": f"{label} = {value}",
        "bare": f"{label} {value}",
    }
    return written[style]


def table(rng: Random, head: Sequence[str], rows: Rows, style: str = "") -> str:
    """Rows under a head, in one of several styles."""
    chosen = style or rng.choice(("aligned", "aligned", "pipes", "markdown", "tabs", "semicolons", "commas"))
    everything = [list(head), *[list(row) for row in rows]] if head else [list(row) for row in rows]
    if chosen in ("tabs", "semicolons", "commas"):
        mark = {"tabs": "\t", "semicolons": ";", "commas": ", "}[chosen]
        return "\n".join(mark.join(row) for row in everything)
    lines = aligned(everything, " | " if chosen != "aligned" else "  ")
    if chosen == "markdown":
        lines = [f"| {line} |" for line in lines]
        if head:
            lines.insert(1, "|" + "|".join("---" for _ in head) + "|")
    return "\n".join(lines)


def aligned(rows: Rows, gap: str = "  ") -> list[str]:
    """Lines whose columns stand under each other; columns that are numbers in most rows stand right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    right = [is_numeric([row[column] for row in rows[1:]]) for column in range(len(rows[0]))]
    return [gap.join(cell(*parts) for parts in zip(row, widths, right, strict=True)).rstrip() for row in rows]


def cell(text: str, width: int, right: bool) -> str:
    """A text filled up to a width."""
    return text.rjust(width) if right else text.ljust(width)


def is_numeric(texts: Sequence[str]) -> bool:
    """Whether every text ends in a digit and begins with one, a sign or a currency."""
    return bool(texts) and all(text[-1:].isdigit() and not text[:1].isalpha() for text in texts)


def split_line(left: str, right: str, width: int) -> str:
    """Two texts at the two edges of a line, at least one blank apart."""
    return left + " " * max(1, width - len(left) - len(right)) + right


def centred(lines: Sequence[str], width: int) -> str:
    """Each line in the middle of the page."""
    return "\n".join(line.center(width).rstrip() for line in lines)


def boxed(text: str) -> str:
    """A frame around the lines."""
    lines = text.split("\n")
    width = max(map(len, lines))
    edge = "+" + "-" * (width + 2) + "+"
    return "\n".join([edge, *[f"| {line:<{width}} |" for line in lines], edge])


def wrapped(text: str, width: int) -> str:
    """Paragraphs broken at a width, at blanks only."""
    parts = text.split("\n")
    return "\n".join(
        textwrap.fill(part, width, break_long_words=False, break_on_hyphens=False) if part.strip() else ""
        for part in parts
    )


def rule(rng: Random, width: int) -> str:
    """A line across the page."""
    return rng.choice("-=*_.~") * width


def stack(*parts: str, gap: str = "\n") -> str:
    """Parts under each other; empty ones leave no gap."""
    return gap.join(part for part in parts if part)
