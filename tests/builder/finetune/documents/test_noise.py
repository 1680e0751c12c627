from __future__ import annotations

from random import Random

import pytest

from builder.finetune.documents import noise

TEXT = "Corner Books\nTotal: 12.50 EUR\nServed by: Hanne Lorn"
VALUE = "Hanne Lorn"


@pytest.mark.parametrize("seed", range(40))
def test_a_value_stays_in_the_text(seed: int) -> None:
    changes = noise.choose(Random(seed), noise.WORD.findall(TEXT), {"12", "50"})
    text, value = TEXT, VALUE
    for change in changes:
        text, value = change(text), change(value)
    assert " ".join(value.split()) in " ".join(text.split())
    assert "12.50" in text


def test_a_word_is_misread_in_the_same_way_everywhere() -> None:
    words = [f"corner{number}" for number in range(200)]
    change = noise.misreading(Random(1), words, ())
    text = " ".join(words)
    assert change(text) != text
    assert change(text + " " + text) == change(text) + " " + change(text)


def test_one_line_keeps_the_words() -> None:
    assert noise.one_line("a\n  b\n\nc") == "a b c"


def test_colons_of_times_are_kept() -> None:
    assert noise.no_colons("Time: 12:30") == "Time 12:30"
