"""A gold value as the engine would write it, and the machine that it is written under."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from builder.finetune.fields import Field, json_text
from builder.finetune.machine import AnswerMachine, Place, Places, forced_bytes
from builder.finetune.numbers import find_numbers
from builder.finetune.questions import Question
from builder.finetune.source import SourceText, collapse

NULL = " null"


def machine_for(field: Field, source: SourceText) -> AnswerMachine:
    """What a field's answer may be on this document.

    For a date every run of words counts as a possible place: the engine offers fewer, which only forces more.
    """
    null = [NULL] if field.absent else []
    if field.kind == "choice":
        return AnswerMachine([*null, *(f" {json_text(value)}" for value in field.options)])
    if field.kind == "list":
        return AnswerMachine([*null, " []"], ' ["', Places(source))
    return AnswerMachine(
        null, ' "', Places(source, number_places(source) if field.kind == "number" else None)
    )


def number_places(source: SourceText) -> list[Place]:
    """The places of the document's numbers, in bytes."""
    return [(source.positions[one.start], source.positions[one.end]) for one in find_numbers(source.text)]


def written_answer(
    question: Question, source: SourceText, machine: AnswerMachine
) -> tuple[str, list[bool]] | None:
    """The answer's text up to its line end and which of its bytes are forced; None where the engine cannot
    write it."""
    for text in candidates(question, source):
        forced = forced_bytes(machine, text.encode("utf-8", "surrogatepass"))
        if forced is not None:
            return text, forced
    return None


def candidates(question: Question, source: SourceText) -> Iterator[str]:
    """The ways to write a gold value, the best first."""
    kind, gold = question.field.kind, question.gold
    if gold is None or gold == "":
        yield f"{NULL}\n"
    elif kind == "choice":
        yield f" {json_text(gold)}\n"
    elif kind == "list":
        if isinstance(gold, list) and all(isinstance(item, str) for item in gold):
            yield list_text([str(item) for item in gold], source)
    else:
        yield from (f" {quoted(span)}\n" for span in spans(question, source))


def spans(question: Question, source: SourceText) -> Iterator[str]:
    """The words of the document that say a gold value: itself, or for numbers and days the ways to write
    it."""
    kind, gold = question.field.kind, question.gold
    if question.span is not None:
        yield question.span
    if isinstance(gold, str):
        yield gold
    if kind == "number" and isinstance(gold, int | float) and not isinstance(gold, bool):
        yield from (
            source.text[one.start : one.end] for one in find_numbers(source.text) if one.value == gold
        )
    if kind == "date" and isinstance(gold, str):
        yield from dates_written(gold, source.text)


def list_text(items: Sequence[str], source: SourceText) -> str:
    """A list in the order in which its items stand in the document."""
    ordered = sorted(
        map(quoted, items), key=lambda item: source.find(item[1:-1].encode("utf-8", "surrogatepass"))
    )
    return f" [{','.join(ordered)}]\n" if ordered else " []\n"


def quoted(value: str) -> str:
    """A value between quotes, white space collapsed as in the source."""
    return json_text(collapse(value))


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def dates_written(iso: str, text: str) -> list[str]:
    """The usual ways to write an ISO day that occur in a text, the longest first."""
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return []
    forms = [form for month in month_forms(day.month) for form in forms_of(day, month)]
    lowered = text.lower()
    found = {text[at : at + len(form)] for form in forms if (at := lowered.find(form.lower())) >= 0}
    return sorted(found, key=lambda form: (-len(form), form))


def month_forms(month: int) -> list[str]:
    """A month's number with and without a zero, its English name and short names."""
    name = MONTHS[month - 1]
    return [f"{month:02}", str(month), name, name[:3], f"{name[:3]}.", name[:4]]


def forms_of(day: datetime.date, month: str) -> Iterator[str]:
    """The orders and marks with which a day, a month so written and a year are joined."""
    year, short, number = f"{day.year:04}", f"{day.year % 100:02}", str(day.day)
    for two in {number, f"{day.day:02}"}:
        if month[0].isdigit():
            for mark in "-/.":
                yield from (
                    f"{year}{mark}{month}{mark}{two}",
                    f"{two}{mark}{month}{mark}{year}",
                    f"{month}{mark}{two}{mark}{year}",
                )
                yield from (f"{two}{mark}{month}{mark}{short}", f"{month}{mark}{two}{mark}{short}")
            continue
        for ending in ("", "st", "nd", "rd", "th", "."):
            yield from (
                f"{two}{ending} {month} {year}",
                f"{two}{ending} of {month} {year}",
                f"{month} {two}{ending}, {year}",
            )
            yield from (f"{month} {two}{ending} {year}",)
        yield from (f"{two}-{month}-{year}", f"{two} {month}, {year}", f"{two} {month} {short}")
