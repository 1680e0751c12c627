"""What a calibration says and the rules it obeys: when a field is absent, and what a confidence is worth.

`excerpt calibrate` fits one on held-out training data and writes it beside the recipe; the build puts it into
the manifest; the engine applies it (`web/src/engine/calibration.ts`). No IO.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

KINDS = ("string", "number", "date", "choice", "list")
# Above 1 a threshold means never.
HIGHEST_THRESHOLD = 2.0
STEEPEST = 100.0
HEX = re.compile(r"[0-9a-f]+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Probabilities this near to 0 and 1 are told apart, so that log-odds stay finite.
NEAREST = 1e-6


@dataclass(frozen=True)
class ConfidenceMap:
    """A monotone map of confidence: the log-odds times `slope`, plus `offset`."""

    slope: float
    offset: float

    def __call__(self, raw: float) -> float:
        """The calibrated confidence, 0 to 1."""
        if (self.slope, self.offset) == (1, 0):
            return raw
        return sigmoid(self.slope * log_odds(raw) + self.offset)


@dataclass(frozen=True)
class ConfidenceMaps:
    """A kind's two maps: for answers that are filled and for those that are absent."""

    filled: ConfidenceMap
    absent: ConfidenceMap


@dataclass(frozen=True)
class Fitted:
    """When and on what a calibration was fitted.

    `weights` says for which weights and prompt, see `builder.bundle.manifest.weights_digest`.
    """

    date: str
    data_sha256: str
    weights: str
    records: int
    fields: int


@dataclass(frozen=True)
class Calibration:
    """By kind of field: absent where the probability of that reaches `null_threshold`, and the maps of
    confidence."""

    null_threshold: dict[str, float]
    confidence: dict[str, ConfidenceMaps]
    fitted: Fitted


def complaint(calibration: Calibration) -> str | None:
    """What is wrong with a well-shaped calibration, or None."""
    for name, table in (
        ("null_threshold", calibration.null_threshold),
        ("confidence", calibration.confidence),
    ):
        if sorted(table) != sorted(KINDS):
            return f"{name} has the kinds {', '.join(sorted(table))}, expected {', '.join(sorted(KINDS))}"
    for kind in KINDS:
        if not 0 <= calibration.null_threshold[kind] <= HIGHEST_THRESHOLD:
            return f"null_threshold.{kind} is {calibration.null_threshold[kind]}, expected 0 to 2"
        maps = calibration.confidence[kind]
        for side, one in (("filled", maps.filled), ("absent", maps.absent)):
            if not (0 <= one.slope <= STEEPEST and abs(one.offset) <= STEEPEST):
                return f"confidence.{kind}.{side} is no rising map ({one.slope}, {one.offset})"
    return fitted_complaint(calibration.fitted)


def fitted_complaint(fitted: Fitted) -> str | None:
    """What is wrong with the note of how a calibration came about, or None."""
    if not DAY.fullmatch(fitted.date):
        return f"fitted.date {fitted.date!r} is not YYYY-MM-DD"
    for name, digits, length in (("data_sha256", fitted.data_sha256, 64), ("weights", fitted.weights, 16)):
        if len(digits) != length or not HEX.fullmatch(digits):
            return f"fitted.{name} is not {length} lower-case hexadecimal digits"
    if min(fitted.records, fitted.fields) < 1:
        return "fitted names no records or no fields"
    return None


def log_odds(probability: float) -> float:
    """The log-odds of a probability, kept finite at both ends."""
    kept = min(1 - NEAREST, max(NEAREST, probability))
    return math.log(kept / (1 - kept))


def sigmoid(value: float) -> float:
    """The probability of log-odds, without overflow."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))
