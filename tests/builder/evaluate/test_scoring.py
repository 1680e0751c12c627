"""Worked examples; every expected number was counted by hand."""

import pytest

from builder.evaluate.scoring import (
    JsonValue,
    Tally,
    absent_fields,
    bootstrap,
    fits,
    leaves,
    macro,
    measure,
    normalise,
    stands_in,
    tally,
    tally_failed,
)

TEXT = "Kiosk  Nord\nTotal: 4.50 EUR\nTea, Bread, Tea"
SCHEMA: dict[str, JsonValue] = {
    "type": "object",
    "properties": {
        "shop": {"type": ["string", "null"]},
        "total": {"type": ["string", "null"]},
        "phone": {"type": ["string", "null"]},
        "items": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["shop", "total", "phone", "items"],
    "additionalProperties": False,
}
GOLD: dict[str, JsonValue] = {
    "shop": "Kiosk Nord",
    "total": "4.50",
    "phone": None,
    "items": ["Tea", "Bread", "Tea"],
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  John\n Smith. ", "john smith"),
        ("“Quoted”", "quoted"),
        ("3.50", "3.50"),
        ("$3.50", "$3.50"),
        ("St. Mary's", "st. mary's"),
        ("...", "..."),
        (2.0, "2"),
        (2.5, "2.5"),
        (-3, "-3"),
        (True, "true"),
    ],
)
def test_values_are_compared_in_a_normal_form(value: float | str, expected: str) -> None:
    assert normalise(value) == expected


def test_paths_carry_no_list_index_and_absent_values_are_no_leaves() -> None:
    rows: JsonValue = [{"name": "A", "n": 1}, {"name": "B", "n": None}]
    value: JsonValue = {"rows": rows, "tags": [], "note": " ", "a/b": "x"}
    assert list(leaves(value)) == [("/rows/name", "a"), ("/rows/n", "1"), ("/rows/name", "b"), ("/a~1b", "x")]


def test_absent_fields_are_those_with_nothing_at_or_below() -> None:
    rows: JsonValue = [{"name": "A", "n": None}, {"name": None, "n": None}]
    gold: JsonValue = {"rows": rows, "tags": [], "empty": {}, "x": "1"}
    assert absent_fields(gold) == {"/rows/n", "/tags", "/empty"}


def test_a_partly_right_record() -> None:
    items: JsonValue = ["Tea", "Bread", "Milk"]
    output: JsonValue = {"shop": "KIOSK NORD", "total": "4.50 EUR", "phone": "4.50", "items": items}
    counts = tally(output, GOLD, SCHEMA, TEXT)
    # Matched: shop, one Tea, Bread. Predicted: 1 + 1 + 1 + 3. Gold: 1 + 1 + 3.
    assert (counts.matched, counts.predicted, counts.gold) == (3, 6, 5)
    # The phone is absent in the gold answer and was filled.
    assert (counts.absent, counts.false_filled, counts.left_empty) == (1, 1, 0)
    # "KIOSK NORD" differs in case and "Milk" is nowhere.
    assert (counts.strings, counts.grounded) == (6, 4)
    result = measure(counts)
    assert result.precision == pytest.approx(3 / 6)
    assert result.recall == pytest.approx(3 / 5)
    assert result.f1 == pytest.approx(6 / 11)
    assert result.false_fill == 1.0
    assert result.null_recall == 0.0
    assert result.validity == 1.0


def test_a_perfect_record_with_items_in_another_order() -> None:
    output: JsonValue = {**GOLD, "items": ["Bread", "Tea", "Tea"]}
    result = measure(tally(output, GOLD, SCHEMA, TEXT))
    assert (result.precision, result.recall, result.f1) == (1.0, 1.0, 1.0)
    assert (result.false_fill, result.null_recall, result.validity, result.grounding) == (0.0, 1.0, 1.0, 1.0)


def test_repeating_an_item_costs_precision() -> None:
    counts = tally({"items": ["Tea"] * 5}, {"items": ["Tea", "Tea"]}, {}, "Tea")
    assert (counts.matched, counts.predicted, counts.gold) == (2, 5, 2)


def test_filling_below_an_absent_object_is_a_false_fill() -> None:
    counts = tally({"buyer": {"name": "Nord"}}, {"buyer": None}, {}, TEXT)
    assert (counts.absent, counts.false_filled, counts.left_empty) == (1, 1, 0)


def test_a_failed_record_misses_its_gold_and_recalls_no_null() -> None:
    result = measure(tally(GOLD, GOLD, SCHEMA, TEXT) + tally_failed(GOLD))
    assert result.precision == 1.0
    assert result.recall == pytest.approx(5 / 10)
    assert (result.false_fill, result.null_recall, result.validity) == (0.0, 0.5, 0.5)


def test_a_share_of_nothing_is_none_and_stays_out_of_the_average() -> None:
    empty = measure(Tally(records=1))
    assert (empty.precision, empty.f1, empty.false_fill, empty.grounding) == (None, None, None, None)
    silent = measure(Tally(records=1, gold=2))
    assert (silent.precision, silent.recall, silent.f1) == (0.0, 0.0, 0.0)
    assert macro([empty, silent, measure(tally(GOLD, GOLD, SCHEMA, TEXT))]).f1 == pytest.approx(0.5)


def test_validity_reads_types_required_keys_and_formats() -> None:
    assert fits(GOLD, SCHEMA)
    assert not fits({**GOLD, "total": 4.5}, SCHEMA)
    assert not fits({"shop": None}, SCHEMA)
    assert not fits({**GOLD, "extra": 1}, SCHEMA)
    assert not fits("2024-02-31", {"type": "string", "format": "date"})


def test_grounding_is_verbatim_or_with_white_space_collapsed() -> None:
    assert stands_in("Kiosk  Nord", TEXT)
    assert stands_in("Kiosk Nord\nTotal", TEXT)
    assert not stands_in("kiosk nord", TEXT)
    assert not stands_in("Kiosk Total", TEXT)


def test_the_bootstrap_is_repeatable_and_surrounds_the_value() -> None:
    right, wrong = Tally(records=1, matched=1, predicted=1, gold=1), Tally(records=1, predicted=1, gold=1)
    sets = [[right] * 6 + [wrong] * 4, [right] * 10]
    per_set, average = bootstrap(sets, seed=7)
    assert (per_set, average) == bootstrap(sets, seed=7)
    low, high = per_set[0]["f1"] or (1.0, 0.0)
    assert 0.2 <= low < 0.6 < high <= 1.0
    assert per_set[1]["f1"] == (1.0, 1.0)
    assert per_set[0]["false_fill"] is None
    low, high = average["f1"] or (1.0, 0.0)
    assert low < 0.8 < high
