"""The document's bytes and places, by hand from web/src/engine/source.ts."""

from __future__ import annotations

import pytest

from builder.finetune.source import SourceText, collapse


def places(text: str) -> tuple[str, str, str]:
    source = SourceText(text)
    marks = [[" "] * (len(source.data) + 1) for _ in range(2)]
    for row, positions in zip(marks, (source.begins, source.ends), strict=True):
        for position in positions:
            row[position] = "|"
    return source.data.decode(), "".join(marks[0]).rstrip(), "".join(marks[1]).rstrip()


@pytest.mark.parametrize(
    ("text", "data", "begins", "ends"),
    [
        ("ab  cd\n", "ab cd ", "|  |", "  |  |"),
        ("a1-b", "a1-b", "||||", " ||||"),
        ("a, b", "a, b", "|  |", " |  |"),
        ("(a)", "(a)", "||", "  ||"),
        ('"a"', '\\"a\\"', "| ||", "  || |"),
        ("x: 5", "x: 5", "|  |", " |  |"),
    ],
)
def test_places(text: str, data: str, begins: str, ends: str) -> None:
    assert places(text) == (data, begins, ends)


def test_scripts_without_blanks_stand_by_the_character() -> None:
    assert SourceText("東京").begins == [0, 3]


def test_a_mark_belongs_to_its_letter() -> None:
    assert SourceText("e\u0301a").begins == [0]


def test_collapse() -> None:
    assert collapse(" a\t\u00a0b\r\n") == "a b"
