"""The road of one record: kind, scene, draft, noise, schema, check."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from random import Random
from typing import Any

from . import families, noise
from .boilerplate import surround
from .draft import Draft, Fact, Facts, Written
from .registry import Kind, registered
from .scene import Scene
from .schema import Asked, make_schema, record_fields

SOURCE = "builder.finetune.documents"
LICENCE = "Apache-2.0"
# In characters, and as a share of the pages.
SHORTEST_PAGE = 160
SMALL_PRINT = 0.25
families.load()


class InvalidDocumentError(ValueError):
    """A kind of documents claims a value that its text does not have: a mistake in the kind."""


def kind_names() -> tuple[str, ...]:
    """Every kind of documents, in a fixed order."""
    return tuple(sorted(registered()))


def generate(seed: int, count: int, kinds: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """Records in the form of the public training sets, the same for the same arguments.

    Record number n does not depend on `count`. Raises ValueError for a kind that does not exist.
    """
    chosen = chosen_kinds(kinds)
    weights = [kind.weight for kind in chosen]
    for index in range(count):
        rng = Random(f"{seed}:{index}")
        yield make_record(rng, rng.choices(chosen, weights=weights)[0], f"{seed}-{index:06d}")


def chosen_kinds(names: Collection[str] | None) -> list[Kind]:
    """The kinds by name, all where none are named."""
    if names is not None and (unknown := sorted(set(names) - set(registered()))):
        raise ValueError(
            f"{unknown[0]!r} is not a kind of documents, expected some of {', '.join(kind_names())}"
        )
    return [registered()[name] for name in kind_names() if names is None or name in names]


def make_record(rng: Random, kind: Kind, number: str) -> dict[str, Any]:
    """One record of a kind."""
    scene = Scene(rng, english=0.9 if kind.speech else 0.66)
    draft = disturb(rng, kind, tidy(framed(rng, kind, kind.write(scene))))
    asked = record_fields(rng, draft, kind.fields, kind.topic)
    check(kind, draft, asked)
    record: dict[str, Any] = {
        "id": f"generated-{kind.name}-{number}",
        "source": SOURCE,
        "license": LICENCE,
        "domain": kind.name.replace("_", " "),
        "schema": make_schema(asked, rng.choice(kind.titles).replace(" ", "_")),
        "text": draft.text,
        "gold": {one.name: one.gold for one in asked},
    }
    if spans := {one.name: one.span for one in asked if one.span is not None}:
        record["spans"] = spans
    return record


def framed(rng: Random, kind: Kind, draft: Draft) -> Draft:
    """Now and then small print around a document that is a page of its own."""
    if kind.speech or len(draft.text) < SHORTEST_PAGE or rng.random() > SMALL_PRINT:
        return draft
    return Draft(surround(rng, draft.text), draft.facts)


def tidy(draft: Draft) -> Draft:
    """No blanks at the ends of lines, no more than one empty line, none at the edges."""
    text = re.sub(r"[ \t]+\n", "\n", draft.text)
    return Draft(re.sub(r"\n{3,}", "\n\n", text).strip("\n").rstrip(), draft.facts)


def disturb(rng: Random, kind: Kind, draft: Draft) -> Draft:
    """The draft with noise on its text and in the same way on its facts."""
    if kind.speech:
        changes = noise.choose_for_speech(rng)
    else:
        changes = noise.choose(rng, noise.WORD.findall(draft.text), kept_words(draft.facts))
    if not changes:
        return draft

    def change(text: str) -> str:
        return reduce(lambda so_far, one: one(so_far), changes, text)

    choices = {field.key for field in kind.fields if field.form == "choice"}
    facts = {key: fact if key in choices else changed(fact, change) for key, fact in draft.facts.items()}
    return Draft(change(draft.text), facts)


def kept_words(facts: Facts) -> set[str]:
    """The words of numbers and days, which have a normal form and so must stay readable."""
    return {
        word for fact in facts.values() if isinstance(fact, Written) for word in noise.WORD.findall(fact.text)
    }


def changed(fact: Fact, change: noise.Change) -> Fact:
    """A fact as the disturbed text writes it."""
    if isinstance(fact, str):
        return change(fact).strip()
    if isinstance(fact, list):
        return [change(item).strip() for item in fact]
    if isinstance(fact, Written):
        return Written(
            change(fact.text).strip(), fact.normal, change(fact.full).strip() if fact.full else None
        )
    return fact


def check(kind: Kind, draft: Draft, asked: Sequence[Asked]) -> None:
    """Every text of the gold stands in the text, at the borders of words.

    Raises InvalidDocumentError with the kind and the field (never with the text).
    """
    text = " ".join(draft.text.split())
    for one in asked:
        for value in values_of(one):
            if not stands_in(" ".join(value.split()), text):
                raise InvalidDocumentError(
                    f"{kind.name}: the value {value!r} of {one.field.key} is not in the text, mend the kind"
                )


def values_of(one: Asked) -> list[str]:
    """The texts that the document has to hold for an answer."""
    if one.span is not None:
        return [one.span]
    if isinstance(one.gold, list):
        return one.gold
    return [one.gold] if isinstance(one.gold, str) and one.field.form != "choice" else []


def stands_in(value: str, text: str) -> bool:
    """Whether the value stands in the text and is not a part of longer words (in scripts that "
    "have blanks)."""
    start = text.find(value)
    while value and start >= 0:
        before, after = text[max(0, start - 1) : start], text[start + len(value) : start + len(value) + 1]
        if not (joins(before, value[0]) or joins(value[-1], after)):
            return True
        start = text.find(value, start + 1)
    return False


def joins(left: str, right: str) -> bool:
    """Whether two neighbouring characters are inside one ASCII or Latin word."""
    return left.isalnum() and right.isalnum() and ord(left) < 0x2E80 and ord(right) < 0x2E80
