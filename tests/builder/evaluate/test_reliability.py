import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.evaluate.reliability import Judged, error_intervals, expected_error, gold_leaves, judge_fields
from builder.evaluate.scoring import JsonValue

GOLD: JsonValue = {
    "a": "Tea",
    "b": None,
    "c": ["x", "y"],
    "who": {"name": "Ada"},
    "rows": [{"n": 1}],
    "d/e": "f",
}

judged = st.builds(Judged, st.floats(0, 1), st.booleans())


def test_confidence_that_means_what_it_says_has_no_error() -> None:
    fields = [Judged(0.75, place % 4 != 0) for place in range(60)]
    assert expected_error(fields) == pytest.approx(0.0)
    assert expected_error([Judged(1.0, True)] * 9) == 0.0


def test_the_error_is_the_distance_within_the_bins() -> None:
    sure = [Judged(0.9, place < 15) for place in range(30)]
    unsure = [Judged(0.1, False)] * 30
    assert expected_error(sure + unsure, bins=2) == pytest.approx((0.4 + 0.1) / 2)
    assert expected_error(sure + unsure, bins=1) == pytest.approx(0.25)


def test_nothing_has_no_error() -> None:
    assert expected_error([]) is None
    assert error_intervals([[], [[]]]) == ([None, None], None)


@given(st.lists(judged, min_size=1, max_size=80))
def test_it_is_a_share_and_does_not_depend_on_the_order(fields: list[Judged]) -> None:
    error = expected_error(sorted(fields, key=lambda one: one.right))
    assert error is not None
    assert 0 <= error <= 1


def test_the_interval_holds_the_error_and_is_the_same_every_time() -> None:
    records = [[Judged(0.8, (3 * record + field) % 5 != 0) for field in range(4)] for record in range(60)]
    wrong = [[Judged(0.99, False)] for _ in range(20)]
    per_set, mean = error_intervals([records, wrong])
    assert (per_set, mean) == error_intervals([records, wrong])
    low, high = per_set[0] or (1.0, 0.0)
    assert low <= high < 0.2
    assert per_set[1] == pytest.approx((0.99, 0.99))
    assert mean is not None
    assert 0.49 < mean[0] <= mean[1] < 0.6


def test_gold_is_found_by_its_pointer() -> None:
    assert gold_leaves(GOLD, "/a") == {"tea": 1}
    assert gold_leaves(GOLD, "/who/name") == {"ada": 1}
    assert gold_leaves(GOLD, "/d~1e") == {"f": 1}
    assert gold_leaves(GOLD, "/b") == gold_leaves(GOLD, "/nothing/there") == {}


@pytest.mark.parametrize("path", ["/rows", "/rows/0/n"])
def test_rows_are_not_told_apart(path: str) -> None:
    assert gold_leaves(GOLD, path) is None


def test_fields_are_right_by_their_leaves() -> None:
    answers: list[tuple[str, JsonValue, float]] = [
        ("/a", "tea.", 0.9),
        ("/b", None, 0.8),
        ("/c", ["y", "x"], 0.7),
        ("/c", ["x"], 0.6),
        ("/rows", [], 0.5),
    ]
    assert list(judge_fields(answers, GOLD)) == [
        Judged(0.9, True),
        Judged(0.8, True),
        Judged(0.7, True),
        Judged(0.6, False),
    ]
