"""Fits thresholds of absence and maps of confidence to observations, and says what they are worth.

A threshold is chosen by kind of field: the best F1 over filled leaves among those that fill at most a given
share of the absent fields; of thresholds within one standard error of it the plainest (the rule of Breiman
et al., 1984, section 3.4.3), which is the one nearest to the model's own: absent from one half on. One
record with a long list would decide otherwise. A map is a line on the log-odds
(Platt, 1999), by kind and by side (filled, absent), drawn towards the line over all kinds where a kind has
few observations. What is reported comes from cross-validation over records. Pure: no files, no clock.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.bundle.calibration import (
    KINDS,
    Calibration,
    ConfidenceMap,
    ConfidenceMaps,
    Fitted,
    log_odds,
    sigmoid,
)
from builder.evaluate.observations import AS_IT_IS, NEVER, Observation
from builder.evaluate.reliability import Judged, expected_error

NEUTRAL = 0.5
# A kind with fewer absent or fewer filled fields than this takes the threshold of all kinds together.
ENOUGH = 25
# How many observations the line over all kinds is worth against a kind's own.
PRIOR = 10.0
FLATTEST = 0.05
FOLDS = 5
SEED = 20240229


@dataclass(frozen=True)
class Outcome:
    """Shares between 0 and 1, None where there was nothing to take a share of."""

    f1: float | None
    false_fill: float | None
    null_recall: float | None
    calibration_error: float | None


@dataclass(frozen=True)
class Fit:
    """A fitted calibration, without its note."""

    null_threshold: dict[str, float]
    confidence: dict[str, ConfidenceMaps]

    def noted(self, fitted: Fitted) -> Calibration:
        """The calibration with the note of how it came about."""
        return Calibration(self.null_threshold, self.confidence, fitted)


AS_IT_IS_MAPS = ConfidenceMaps(AS_IT_IS, AS_IT_IS)
NOTHING_FITTED = Fit(dict.fromkeys(KINDS, NEUTRAL), dict.fromkeys(KINDS, AS_IT_IS_MAPS))


def fit(observed: Sequence[Observation], most_false_fills: float) -> Fit:
    """Thresholds and maps for observations; at most `most_false_fills` of the absent fields get filled."""
    thresholds = fit_thresholds(observed, most_false_fills)
    answers = [judge(one, thresholds[one.kind], AS_IT_IS_MAPS) for one in observed]
    both = list(zip(observed, answers, strict=True))
    maps = {}
    for kind in KINDS:
        filled, absent = (
            fit_side([(one, answer) for one, answer in both if answer.absent is side], kind)
            for side in (False, True)
        )
        maps[kind] = ConfidenceMaps(filled, absent)
    return Fit(thresholds, maps)


@dataclass(frozen=True)
class Answered:
    """What a threshold and a map make of an observation."""

    absent: bool
    confidence: float
    right: bool


def is_decided(one: Observation, threshold: float) -> bool:
    """Whether the threshold makes the field absent."""
    return one.absence is not None and one.absence >= threshold


def judge(one: Observation, threshold: float, maps: ConfidenceMaps) -> Answered:
    """The answer that the engine would give."""
    decided = is_decided(one, threshold)
    if decided or one.written == 0:
        raw = one.absence if decided and one.absence is not None else one.confidence
        return Answered(True, maps.absent(raw), one.gold == 0)
    return Answered(False, maps.filled(one.confidence), one.right)


def fit_thresholds(observed: Sequence[Observation], most_false_fills: float) -> dict[str, float]:
    """For each kind the threshold of its own observations, or of all where it has few."""
    together = best_threshold(observed, most_false_fills)
    thresholds = {}
    for kind in KINDS:
        own = [one for one in observed if one.kind == kind]
        absent = sum(one.gold == 0 for one in decidable(own))
        enough = min(absent, len(decidable(own)) - absent) >= ENOUGH
        thresholds[kind] = best_threshold(own, most_false_fills) if enough else together
    return thresholds


def decidable(observed: Iterable[Observation]) -> list[Observation]:
    """Those that a threshold decides."""
    return [one for one in observed if one.absence is not None and one.written > 0]


def best_threshold(observed: Sequence[Observation], most_false_fills: float) -> float:
    """The threshold with the best F1 among those with few enough false fills; without anything to decide
    0.5."""
    rows = sorted(decidable(observed), key=lambda one: one.absence or 0.0)
    if not rows:
        return NEUTRAL
    settled = [one for one in observed if one.absence is None]
    written, matched = sum(one.written for one in settled), sum(one.matched for one in settled)
    gold = sum(one.gold for one in observed)
    absent = sum(one.gold == 0 for one in rows)
    scored = [(f1_of(matched, written, gold), 0.0, 0.0)]
    false_fills = 0
    for place, one in enumerate(rows):
        written, matched = written + one.written, matched + one.matched
        false_fills += one.gold == 0
        after = rows[place + 1] if place + 1 < len(rows) else None
        if after is None or after.absence != one.absence:
            share = false_fills / absent if absent else 0.0
            scored.append((f1_of(matched, written, gold), share, edge(one, after)))
    allowed = [(f1, threshold) for f1, share, threshold in scored if share <= most_false_fills]
    best, chosen = max(allowed)
    least = best - standard_error(observed, chosen, best)
    good = [threshold for f1, threshold in allowed if f1 >= least]
    return round(min((abs(threshold - NEUTRAL), threshold) for threshold in good)[1], 4)


def standard_error(observed: Sequence[Observation], threshold: float, f1: float) -> float:
    """The standard error of the F1 at a threshold, over records: of a ratio of sums, to the first order
    (Cochran, 1977, section 6.3)."""
    leaves: dict[int, int] = {}
    surplus: dict[int, float] = {}
    for one in observed:
        filled = not is_decided(one, threshold)
        count = (one.written if filled else 0) + one.gold
        right = 2 * one.matched if filled else 0
        leaves[one.record] = leaves.get(one.record, 0) + count
        surplus[one.record] = surplus.get(one.record, 0.0) + right - f1 * count
    everything = sum(leaves.values())
    return math.sqrt(sum(value * value for value in surplus.values())) / everything if everything else 0.0


def edge(one: Observation, after: Observation | None) -> float:
    """A threshold that fills one observation and not the one after it."""
    if after is None or one.absence is None or after.absence is None:
        return NEVER
    return (one.absence + after.absence) / 2


def f1_of(matched: int, written: int, gold: int) -> float:
    """F1 over leaves, 0 where there are none."""
    return 2 * matched / (written + gold) if written + gold else 0.0


def fit_side(pairs: Sequence[tuple[Observation, Answered]], kind: str) -> ConfidenceMap:
    """The map of one side for a kind, drawn towards that of all kinds."""
    together = fit_line([(answer.confidence, answer.right) for _, answer in pairs], AS_IT_IS)
    own = fit_line([(answer.confidence, answer.right) for one, answer in pairs if one.kind == kind], together)
    return ConfidenceMap(round(own.slope, 4), round(own.offset, 4))


def fit_line(pairs: Sequence[tuple[float, bool]], prior: ConfidenceMap) -> ConfidenceMap:
    """The line on the log-odds of (raw confidence, right) that makes what happened most likely, with a
    quadratic pull towards `prior`; by Newton's method, the slope never below 0.05."""
    slope, offset = prior.slope, prior.offset
    points = [(log_odds(raw), float(right)) for raw, right in pairs]
    for _ in range(60):
        move = newton_step(points, (slope, offset), prior)
        slope, offset = slope + move[0], offset + move[1]
        if max(abs(move[0]), abs(move[1])) < 1e-9:
            break
    if slope >= FLATTEST:
        return ConfidenceMap(slope, offset)
    return ConfidenceMap(FLATTEST, fit_offset(points, prior))


def newton_step(
    points: Sequence[tuple[float, float]], place: tuple[float, float], prior: ConfidenceMap
) -> tuple[float, float]:
    """One step down the penalised cross-entropy, at most one unit long in each direction."""
    slope, offset = place
    by_slope, by_offset = PRIOR * (slope - prior.slope), PRIOR * (offset - prior.offset)
    ss, so, oo = PRIOR, 0.0, PRIOR
    for x, right in points:
        said = sigmoid(slope * x + offset)
        weight = said * (1 - said)
        by_slope, by_offset = by_slope + (said - right) * x, by_offset + said - right
        ss, so, oo = ss + weight * x * x, so + weight * x, oo + weight
    size = ss * oo - so * so
    steps = (so * by_offset - oo * by_slope) / size, (so * by_slope - ss * by_offset) / size
    return clipped(steps[0]), clipped(steps[1])


def clipped(step: float) -> float:
    """A step of at most one unit."""
    return min(1.0, max(-1.0, step))


def fit_offset(points: Sequence[tuple[float, float]], prior: ConfidenceMap) -> float:
    """The offset that belongs to the flattest line, by bisection: the penalised gradient rises with it."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        gradient = PRIOR * (middle - prior.offset)
        gradient += sum(sigmoid(FLATTEST * x + middle) - right for x, right in points)
        low, high = (middle, high) if gradient < 0 else (low, middle)
    return (low + high) / 2


def cross_validated(observed: Sequence[Observation], most_false_fills: float) -> Outcome:
    """What a fit is worth on records that it has not seen."""
    records = sorted({one.record for one in observed})
    random.Random(SEED).shuffle(records)
    fold_of = {record: place % FOLDS for place, record in enumerate(records)}
    pairs: list[tuple[Observation, Answered]] = []
    for fold in range(FOLDS):
        fitted = fit([one for one in observed if fold_of[one.record] != fold], most_false_fills)
        pairs += applied([one for one in observed if fold_of[one.record] == fold], fitted)
    return outcome(pairs)


def applied(observed: Iterable[Observation], fitted: Fit) -> list[tuple[Observation, Answered]]:
    """What a fit makes of observations."""
    return [
        (one, judge(one, fitted.null_threshold[one.kind], fitted.confidence[one.kind])) for one in observed
    ]


def outcome(pairs: Sequence[tuple[Observation, Answered]]) -> Outcome:
    """The measures of answers."""
    filled = [one for one, answer in pairs if not answer.absent]
    absent = [answer for one, answer in pairs if one.gold == 0]
    leaves = sum(one.written for one in filled) + sum(one.gold for one, _ in pairs)
    nulls = sum(answer.absent for answer in absent)
    judged = [Judged(answer.confidence, answer.right) for _, answer in pairs]
    return Outcome(
        f1=2 * sum(one.matched for one in filled) / leaves if leaves else None,
        false_fill=1 - nulls / len(absent) if absent else None,
        null_recall=nulls / len(absent) if absent else None,
        calibration_error=expected_error(judged),
    )
