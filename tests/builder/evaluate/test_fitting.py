from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from random import Random
from statistics import stdev

import pytest

from builder.bundle.calibration import (
    KINDS,
    ConfidenceMap,
    ConfidenceMaps,
    Fitted,
    complaint,
    log_odds,
    sigmoid,
)
from builder.evaluate.browser import FieldAnswer, Uncalibrated
from builder.evaluate.fitting import (
    AS_IT_IS_MAPS,
    NOTHING_FITTED,
    applied,
    best_threshold,
    cross_validated,
    f1_of,
    fit,
    fit_line,
    fit_thresholds,
    judge,
    outcome,
    standard_error,
)
from builder.evaluate.observations import AS_IT_IS, NEVER, Observation, observe, probing
from builder.evaluate.scoring import JsonValue


def field(
    absence: float | None, *, gold: int, matched: int, kind: str = "string", record: int = 0
) -> Observation:
    """A field that was filled with one leaf."""
    confidence = 0.9 * (1 - (absence or 0.0))
    return Observation(record, kind, absence, confidence, 1, gold, matched)


def population(size: int, seed: int, kind: str = "string") -> list[Observation]:
    """Half absent; the model tells, but with its null too cheap: it says 0.25 where it should say 0.5."""
    random = Random(seed)
    fields = []
    for place in range(size):
        absent = place % 2 == 0
        truth = random.gauss(1.2 if absent else -1.2, 1)
        right = not absent and random.random() < 0.8
        fields.append(
            Observation(
                place // 4,
                kind,
                sigmoid(truth + log_odds(0.25)),
                sigmoid(random.gauss(1.5 if right else -0.5, 1)),
                1,
                0 if absent else 1,
                int(right),
            )
        )
    return fields


def test_the_threshold_lies_between_what_is_absent_and_what_is_right() -> None:
    fields = [field(0.1, gold=1, matched=1), field(0.2, gold=1, matched=1), field(0.4, gold=0, matched=0)]
    assert best_threshold(fields, 0.5) == pytest.approx(0.3)


def test_a_threshold_keeps_the_bound_whatever_the_f1() -> None:
    fields = [field(0.1, gold=0, matched=0), *(field(0.3, gold=1, matched=1) for _ in range(9))]
    assert best_threshold(fields, 1.0) == NEVER
    assert best_threshold(fields, 0.5) == 0.0


def test_of_thresholds_within_a_standard_error_it_is_the_one_nearest_to_a_half() -> None:
    right = [field(0.1, gold=1, matched=1, record=place) for place in range(40)]
    # Past 0.1 two right answers for three made up: to fill them or not is as good.
    mixed = [
        field(0.2 + place / 100, gold=int(place % 5 < 2), matched=int(place % 5 < 2), record=40 + place)
        for place in range(60)
    ]
    assert best_threshold([*right, *mixed], 1.0) == pytest.approx(0.5, abs=0.01)


def test_one_record_with_a_long_list_does_not_decide() -> None:
    right = [field(0.05 + place / 100, gold=1, matched=1, record=place) for place in range(60)]
    outlier = Observation(99, "string", 0.08, 0.5, 80, 0, 0)
    assert best_threshold([*right, outlier], 1.0) == pytest.approx(0.5, abs=0.01)


def test_a_difference_beyond_chance_is_not_given_away() -> None:
    right = [field(0.1, gold=1, matched=1, record=place) for place in range(200)]
    wrong = [field(0.3, gold=0, matched=0, record=200 + place) for place in range(200)]
    assert best_threshold([*right, *wrong], 1.0) == pytest.approx(0.2)


def test_the_standard_error_is_that_of_resampled_records() -> None:
    fields = population(400, 5)
    threshold = 0.25
    rounds = []
    random = Random(7)
    records = sorted({one.record for one in fields})
    for _ in range(400):
        drawn = [
            one
            for record in random.choices(records, k=len(records))
            for one in fields
            if one.record == record
        ]
        rounds.append(f1_at(drawn, threshold))
    assert standard_error(fields, threshold, f1_at(fields, threshold)) == pytest.approx(
        stdev(rounds), rel=0.15
    )


def f1_at(fields: Sequence[Observation], threshold: float) -> float:
    filled = [one for one in fields if one.absence is not None and one.absence < threshold]
    return f1_of(
        sum(one.matched for one in filled),
        sum(one.written for one in filled),
        sum(one.gold for one in fields),
    )


def test_without_anything_to_decide_it_is_a_half() -> None:
    assert best_threshold([field(None, gold=1, matched=1)], 0.1) == 0.5
    assert best_threshold([], 0.1) == 0.5


def test_a_kind_with_few_fields_takes_the_threshold_of_all() -> None:
    lists = [replace(one, kind="list", absence=(one.absence or 0) / 2) for one in population(400, 6)]
    thresholds = fit_thresholds([*population(400, 1), *lists, *population(10, 2, "date")], 0.2)
    assert thresholds["date"] == thresholds["number"]
    assert len({thresholds[kind] for kind in ("string", "list", "date")}) == 3


def test_an_answer_follows_the_threshold_and_its_side_of_the_maps() -> None:
    maps = ConfidenceMaps(ConfidenceMap(0.0, log_odds(0.7)), ConfidenceMap(0.0, log_odds(0.2)))
    one = field(0.4, gold=1, matched=1)
    assert astuple(judge(one, 0.5, maps)) == (False, pytest.approx(0.7), True)
    assert astuple(judge(one, 0.4, maps)) == (True, pytest.approx(0.2), False)
    nothing = Observation(0, "list", None, 1.0, 0, 0, 0)
    assert astuple(judge(nothing, 0.0, AS_IT_IS_MAPS)) == (True, pytest.approx(1.0), True)


def test_a_line_finds_the_odds_that_things_came_from() -> None:
    random = Random(5)
    pairs = [
        (raw := random.uniform(0.02, 0.98), random.random() < sigmoid(0.6 * log_odds(raw) - 0.8))
        for _ in range(4000)
    ]
    line = fit_line(pairs, AS_IT_IS)
    assert line.slope == pytest.approx(0.6, abs=0.08)
    assert line.offset == pytest.approx(-0.8, abs=0.08)


def test_a_line_never_falls_and_stays_where_nothing_pulls() -> None:
    falling = fit_line([(0.9, False), (0.1, True)] * 200, AS_IT_IS)
    assert falling.slope == 0.05
    assert falling.offset == pytest.approx(0, abs=0.1)
    assert fit_line([], ConfidenceMap(0.7, 0.3)) == ConfidenceMap(0.7, 0.3)


def test_a_fit_makes_unseen_records_better_on_every_count() -> None:
    fields = population(1600, 9)
    before, after = outcome(applied(fields, NOTHING_FITTED)), cross_validated(fields, 0.15)
    assert None not in (
        before.false_fill,
        after.false_fill,
        before.calibration_error,
        after.calibration_error,
    )
    assert before.false_fill == pytest.approx(0.45, abs=0.1)
    assert after.false_fill is not None
    assert after.false_fill < 0.2
    assert after.null_recall == pytest.approx(1 - after.false_fill)
    assert (after.f1 or 0) > (before.f1 or 1)
    assert (after.calibration_error or 1) < 0.06 < (before.calibration_error or 0)


def test_what_is_fitted_may_stand_in_a_manifest() -> None:
    fitted = Fitted("2024-02-29", "0" * 64, "1" * 16, 5, 20)
    assert complaint(fit(population(80, 3), 0.1).noted(fitted)) is None
    assert complaint(probing("1" * 16)) is None


def test_observations_hold_numbers_and_leave_rows_out() -> None:
    raw = Uncalibrated("string", 0.3, 0.6)
    answers = [
        FieldAnswer("/shop", "Nord", 0.9, raw),
        FieldAnswer("/tags", ["a", "b"], 0.9, Uncalibrated("list", None, 0.5)),
        FieldAnswer("/rows/0/n", "1", 0.9, raw),
        FieldAnswer("/merged", "x", 0.9, None),
    ]
    gold: JsonValue = {"shop": "nord", "tags": ["b", "c"], "rows": [{"n": "1"}]}
    assert list(observe(7, answers, gold)) == [
        Observation(7, "string", 0.3, 0.6, 1, 1, 1),
        Observation(7, "list", None, 0.5, 2, 2, 1),
    ]
    assert set(probing("1" * 16).null_threshold) == set(KINDS)
