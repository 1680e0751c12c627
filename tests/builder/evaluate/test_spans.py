import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.evaluate.spans import code_point_span


def test_an_emoji_counts_two_units_and_one_code_point() -> None:
    text = "🧾 Café 12 €"
    assert code_point_span(text, 3, 7) == (2, 6)
    assert text[2:6] == "Café"


def test_cutting_a_character_in_half_is_an_error() -> None:
    with pytest.raises(ValueError, match="cuts a character in half"):
        code_point_span("🧾", 1, 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (0, 4), (2, 1)])
def test_leaving_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="leaves a text"):
        code_point_span("abc", start, end)


@given(st.text(), st.data())
def test_every_span_names_the_same_characters_on_both_sides(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = [len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in (start, end)]
    assert code_point_span(text, *units) == (start, end)


CASES = json.loads((Path(__file__).parents[2] / "golden" / "spans.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_browsers_offsets_name_the_planted_characters(case: dict[str, Any]) -> None:
    start, end = code_point_span(case["text"], *case["units"])
    assert [start, end] == case["points"]
    assert case["text"][start:end] == case["value"]
