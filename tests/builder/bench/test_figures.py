from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.bench.figures import Peak, figures, round_ratio
from builder.bench.turns import Turn
from tests.builder.bench.turns import failed, task, turn

TASKS = [task("a"), task("b")]


def both_rounds() -> list[Turn]:
    """Two rounds of two documents; wllama takes 4 and 6 times our time, transformers.js 3 and 2 times."""
    turns: list[Turn] = []
    for number, wllama, transformers in ((1, 4, 3), (2, 6, 2)):
        for document, ours in (("a", 100.0), ("b", 300.0)):
            turns += [
                turn("excerpt", document, number, ours),
                turn("excerpt after click", document, number, ours / 10),
                turn("wllama", document, number, ours * wllama),
                turn("transformers.js", document, number, ours * transformers),
            ]
    return turns


def test_a_ratio_is_the_median_of_the_rounds_and_comes_with_its_spread() -> None:
    found = figures(TASKS, both_rounds(), [])
    assert found["ratios"] == {"sroie": {"transformers.js": 2.5, "wllama": 5.0, "after_click": 25.0}}
    assert found["spread"]["sroie"] == {
        "transformers.js": [2.0, 3.0],
        "wllama": [4.0, 6.0],
        "after_click": [20.0, 30.0],
    }
    assert found["document_ratios"]["sroie"]["wllama"] == 5.0
    assert found["failed"] == []


def test_a_document_that_one_failed_at_counts_for_neither_and_is_named() -> None:
    turns = [
        turn("excerpt", "a", 1, 100),
        turn("excerpt", "b", 1, 900),
        turn("wllama", "a", 1, 500),
        failed("wllama", "b", 1),
    ]
    found = figures(TASKS, turns, [])
    assert found["ratios"]["sroie"] == {"wllama": 5.0}
    assert [(one["document"], one["failure"]["code"]) for one in found["failed"]] == [("b", "too-long")]
    entry = found["sets"]["sroie"]["wllama"]
    assert (entry["turns"], entry["failed"], entry["validity"], entry["f1"]) == (2, 1, 0.5, 0.6667)


def test_without_peers_there_are_no_ratios() -> None:
    found = figures(TASKS, [turn("excerpt", "a", 1, 100)], [])
    assert found["ratios"] == found["spread"] == found["document_ratios"] == {"sroie": {}}
    assert list(found["sets"]["sroie"]) == ["excerpt"]


def test_cold_turns_are_kept_apart() -> None:
    turns = [turn("excerpt", "a", 0, 5000), turn("excerpt", "a", 1, 100), turn("excerpt", "a", 2, 200)]
    entry = figures(TASKS, turns, [])["sets"]["sroie"]["excerpt"]
    assert (entry["cold_ms"], entry["warm_ms"], entry["prefill_ms"], entry["decode_ms"]) == (
        5000,
        150,
        37.5,
        112.5,
    )


def test_an_answer_that_was_cut_is_no_answer() -> None:
    cut = turn("wllama", "a", 1, 100, output='{"shop": "No', cut=True)
    entry = figures(TASKS, [cut], [])["sets"]["sroie"]["wllama"]
    assert (entry["cut"], entry["failed"], entry["validity"], entry["f1"]) == (1, 0, 0.0, 0.0)


def test_a_false_fill_and_a_change_of_mind_are_seen() -> None:
    absent = [task("a", gold=None)]
    turns = [turn("wllama", "a", 1, 100), turn("wllama", "a", 2, 100, output='{"shop": null}')]
    entry = figures(absent, turns, [])["sets"]["sroie"]["wllama"]
    assert (entry["false_fill"], entry["same_every_round"]) == (1.0, False)


def test_the_peak_is_the_highest_of_all_pages_of_a_system() -> None:
    turns = [turn("excerpt", "a", 1, 100), turn("excerpt after click", "a", 1, 10), turn("wllama", "a", 1, 1)]
    peaks = [Peak("sroie", "excerpt", 5), Peak("sroie", "excerpt", 7), Peak("usaddress", "excerpt", 99)]
    entries = figures(TASKS, turns, [*peaks, Peak("sroie", "wllama", None)])["sets"]["sroie"]
    assert [entries[name]["peak_bytes"] for name in entries] == [7, 7, None]


def test_no_common_document_is_no_ratio() -> None:
    assert round_ratio({"a": 1.0}, {"b": 1.0}) is None
    assert round_ratio({}, {}) is None


@given(st.dictionaries(st.text(min_size=1), st.floats(1, 1e6), min_size=1), st.floats(0.1, 100))
def test_a_peer_that_takes_so_many_times_as_long_has_that_ratio(ours: dict[str, float], times: float) -> None:
    theirs = {document: ms * times for document, ms in ours.items()}
    assert round_ratio(theirs, ours) == pytest.approx(times)
