"""How well a bundle extracts: what `excerpt eval --record` measured, for people to see before they download.

It stands beside the recipe; the build puts it into the manifest. No IO.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.bundle.calibration import DAY, HEX

SET_NAME = re.compile(r"[A-Za-z][\w.:-]{0,99}", re.ASCII)
MOST_SETS = 100


@dataclass(frozen=True)
class SetScore:
    """One set of documents: how many were asked about, and micro F1 over their fields, 0 to 1."""

    records: int
    f1: float


@dataclass(frozen=True)
class Scores:
    """Macro averages over the sets, 0 to 1; `false_fill` is the share of absent fields that were filled.

    `weights` says of which weights and prompt, see `builder.bundle.manifest.weights_digest`.
    """

    date: str
    weights: str
    variant: str
    f1: float
    false_fill: float
    sets: dict[str, SetScore]


def complaint(scores: Scores) -> str | None:
    """What is wrong with well-shaped scores, or None."""
    if not DAY.fullmatch(scores.date):
        return f"scores.date {scores.date!r} is not YYYY-MM-DD"
    if len(scores.weights) != 16 or not HEX.fullmatch(scores.weights):
        return "scores.weights is not 16 lower-case hexadecimal digits"
    if not 1 <= len(scores.variant) <= 100:
        return f"scores.variant has {len(scores.variant)} characters"
    if not 1 <= len(scores.sets) <= MOST_SETS:
        return f"scores.sets names {len(scores.sets)} sets, expected 1 to {MOST_SETS}"
    if wrong := next((name for name in scores.sets if not SET_NAME.fullmatch(name)), None):
        return f"scores.sets has the name {wrong[:60]!r}, which is not a plain word"
    if any(one.records < 1 for one in scores.sets.values()):
        return "scores.sets has a set without records"
    shares = (scores.f1, scores.false_fill, *(one.f1 for one in scores.sets.values()))
    wrong_share = next((share for share in shares if not 0 <= share <= 1), None)
    return None if wrong_share is None else f"scores has a share {wrong_share}, expected 0 to 1"
