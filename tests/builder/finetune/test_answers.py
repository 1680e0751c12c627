"""How an answer is written and which bytes of it are forced, by hand from web/src/engine/answer.ts and
source.ts."""

from __future__ import annotations

import pytest

from builder.finetune.answers import machine_for, written_answer
from builder.finetune.fields import Field, Kind
from builder.finetune.questions import Question
from builder.finetune.records import Json
from builder.finetune.source import SourceText

TEXT = 'Invoice  12\nACME "West"\tLtd., 5 March 2024.\nTotal: 1.234,50 EUR\nA, B, A'


def written(
    kind: Kind, gold: Json, text: str = TEXT, options: tuple[Json, ...] = ()
) -> tuple[str, str] | None:
    """The answer and a line with `^` under every byte that the model is asked for."""
    source = SourceText(text)
    question = Question(Field("x", "", kind, True, options), gold)
    found = written_answer(question, source, machine_for(question.field, source))
    return found and (found[0], "".join("." if forced else "^" for forced in found[1]))


@pytest.mark.parametrize(
    ("kind", "gold", "answer"),
    [
        ("string", None, " null\n"),
        ("string", "ACME", ' "ACME"\n'),
        ("string", "Invoice 12", ' "Invoice 12"\n'),
        ("string", "Invoice \n 12", ' "Invoice 12"\n'),
        ("string", 'ACME "West" Ltd.', ' "ACME \\"West\\" Ltd."\n'),
        ("list", [], " []\n"),
        ("list", None, " null\n"),
        ("list", ["B", "ACME"], ' ["ACME","B"]\n'),
        ("list", ["A", "A"], ' ["A","A"]\n'),
        ("number", 1234.5, ' "1.234,50"\n'),
        ("number", 12, ' "12"\n'),
        ("date", "2024-03-05", ' "5 March 2024"\n'),
    ],
)
def test_answer(kind: Kind, gold: Json, answer: str) -> None:
    found = written(kind, gold)
    assert found is not None
    assert found[0] == answer


@pytest.mark.parametrize(
    ("kind", "gold"),
    [
        ("string", "Globex"),
        ("string", "CME"),
        ("string", ", 5 March"),
        ("string", "Total:"),
        ("list", ["A", "A", "A"]),
        ("list", ["ACME", 'ACME "West"']),
        ("number", 99),
        ("date", "2024-03-06"),
    ],
)
def test_what_the_engine_cannot_write_is_left_out(kind: Kind, gold: Json) -> None:
    assert written(kind, gold) is None


@pytest.mark.parametrize(
    ("text", "kind", "gold", "options", "line"),
    [
        ("ab cd", "string", None, (), ".^...."),
        ("ab cd", "string", "ab", (), ".^^.^."),
        ("ab cd", "string", "cd", (), ".^^..."),
        ("ab ac", "string", "ab", (), ".^.^^."),
        ("ab cd", "list", ["ab", "cd"], (), ".^^^.^^......"),
        ("x", "choice", True, (True, False), ".^...."),
        ("x", "choice", "ab", ("ab", "ac"), ".^.^.."),
    ],
)
def test_forced_bytes(text: str, kind: Kind, gold: Json, options: tuple[Json, ...], line: str) -> None:
    found = written(kind, gold, text, options)
    assert found is not None
    assert found[1] == line
