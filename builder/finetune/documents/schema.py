"""From a draft to a record: which fields are asked for, what they are called, and the gold answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from .draft import Draft, Fact, Written
from .fields import Field
from .strange import strange_fields

Record = dict[str, Any]
SHORT = {
    "number": "no", "amount": "amt", "quantity": "qty", "address": "addr", "telephone": "tel",
    "description": "desc",
    "reference": "ref", "customer": "cust", "invoice": "inv", "company": "co", "department": "dept",
    "account": "acct",
    "organisation": "org", "date": "dt", "payment": "pmt", "delivery": "dlv", "message": "msg",
    "temperature": "temp",
}  # fmt: skip
CORE_WEIGHT = 3.0
FORMS = {"amount": "number", "integer": "integer", "flag": "boolean"}


def words_of(name: str) -> list[str]:
    """The words of a plain name."""
    return [word for word in re.split(r"[\s\-/]+", name) if word]


def camel(name: str) -> str:
    """As in JavaScript."""
    first, *rest = words_of(name)
    return first.lower() + "".join(word.capitalize() for word in rest)


STYLES: Sequence[tuple[float, Callable[[str], str]]] = (
    (40, lambda name: "_".join(words_of(name)).lower()),
    (18, camel),
    (9, lambda name: "".join(word.capitalize() for word in words_of(name))),
    (9, lambda name: " ".join(words_of(name))),
    (7, lambda name: " ".join(words_of(name)).capitalize()),
    (5, lambda name: "-".join(words_of(name)).lower()),
    (5, lambda name: "_".join(words_of(name)).upper()),
    (4, lambda name: "_".join(SHORT.get(word, word) for word in words_of(name.lower()))),
    (3, lambda name: "".join(words_of(name)).lower()),
)


@dataclass(frozen=True)
class Asked:
    """A field as one record asks for it."""

    field: Field
    name: str
    schema: dict[str, Any]
    gold: object
    span: str | None


def record_fields(rng: Random, draft: Draft, fields: Sequence[Field], topic: str) -> list[Asked]:
    """The fields that a record asks for, in its order: some that the document has and some that "
    "it has not."""
    present = [field for field in fields if is_filled(draft.facts.get(field.key))]
    absent = [field for field in fields if not is_filled(draft.facts.get(field.key))]
    chosen = choose_fields(rng, present, absent, topic)
    asking = Asking(rng)
    asked = [asking.ask(field, draft.facts.get(field.key)) for field in chosen]
    unique = {one.name: one for one in reversed(asked)}
    ordered = list(unique.values())
    if rng.random() < 0.6:
        rng.shuffle(ordered)
    return ordered


def collapsed(text: str) -> str:
    """With single blanks for runs of white space: how a value is written where the document breaks it."""
    return " ".join(text.split())


def is_filled(fact: Fact) -> bool:
    """Whether the document says something."""
    return fact is not None and fact != [] and fact != ""


def choose_fields(rng: Random, present: list[Field], absent: list[Field], topic: str) -> list[Field]:
    """A part of the fields with a value and a part of those without, filled up with strange ones."""
    # Reading a document costs more than a few questions about it.
    size = rng.choice((2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12, 13, 14))
    share = rng.choice((0, 0.15, 0.3, 0.45, 0.55, 0.65, 0.75))
    without = min(round(size * share + rng.random() * 0.6), 2 + len(present))
    with_value = min(len(present), max(1 if rng.random() < 0.97 else 0, size - without))
    own = sample(rng, absent, min(len(absent), without))
    lacking = min(3, without - len(own))
    strange = strange_fields(rng, topic, lacking) if lacking > 0 or rng.random() < 0.1 else []
    return [*sample(rng, present, with_value), *own, *strange]


def sample(rng: Random, fields: Sequence[Field], count: int) -> list[Field]:
    """Different fields; what most people want is drawn `CORE_WEIGHT` times as readily.

    Source: Efraimidis and Spirakis (2006), weighted random sampling with a reservoir, algorithm A.
    """
    keys = [(rng.random() ** (1 / (CORE_WEIGHT if field.core else 1)), field) for field in fields]
    keys.sort(key=lambda pair: pair[0], reverse=True)
    return [field for _, field in keys[:count]]


class Asking:
    """How one record asks: one style for its names, one manner for its descriptions."""

    def __init__(self, rng: Random) -> None:
        """Draw the style of the names and the manner of the descriptions."""
        self.rng = rng
        self.style = rng.choices([style for _, style in STYLES], weights=[weight for weight, _ in STYLES])[0]
        self.canonical = rng.random() < 0.3
        self.manner = rng.choices(("none", "name", "plain", "written", "long"), weights=(14, 8, 52, 14, 12))[
            0
        ]
        self.typed = rng.random() < 0.45

    def ask(self, field: Field, fact: Fact) -> Asked:
        """The schema of one field and its gold."""
        name = field.names[0] if self.canonical else self.rng.choice(field.names)
        wider = isinstance(fact, Written) and fact.full is not None
        # Only a description can say that the currency belongs to the value.
        full = wider and self.describes and self.rng.random() < 0.3
        kind, gold, span = self.answer(field, fact, full)
        copied = kind["type"][0] == "string" and "format" not in kind
        extent = self.extent(full) if copied and (wider or field.form == "amount") else ""
        schema = {**kind, **self.describe(field, name, extent)}
        return Asked(field, self.style(name) or name, schema, gold, span)

    def answer(self, field: Field, fact: Fact, full: bool) -> tuple[dict[str, Any], object, str | None]:
        """The type, the gold and for a normal form the characters that it was read from."""
        if field.form == "list":
            items = [collapsed(item) for item in fact] if isinstance(fact, list) else []
            return {"type": "array", "items": {"type": "string"}}, items, None
        if field.form == "choice":
            return {"type": ["string", "null"], "enum": [*field.options, None]}, fact, None
        if field.form == "flag":
            return {"type": ["boolean", "null"]}, fact, None
        if field.form in ("amount", "integer", "day") and self.typed and normal_known(fact):
            return self.typed_answer(field, fact)
        text = {"type": ["string", "null"]}
        if isinstance(fact, Written):
            return text, collapsed(fact.full if full and fact.full else fact.text), None
        return text, collapsed(fact) if isinstance(fact, str) and fact else None, None

    def typed_answer(self, field: Field, fact: Fact) -> tuple[dict[str, Any], object, str | None]:
        """A number or a day in its normal form."""
        name = FORMS.get(field.form)
        kind = {"type": [name, "null"]} if name else {"type": ["string", "null"], "format": "date"}
        return (kind, fact.normal, collapsed(fact.text)) if isinstance(fact, Written) else (kind, None, None)

    @property
    def describes(self) -> bool:
        """Whether this record's descriptions say more than the names."""
        return self.manner not in ("none", "name")

    def extent(self, full: bool) -> str:
        """Words on whether the currency belongs to an amount; without them it does not."""
        if full:
            return self.rng.choice((", with the currency", ", with its currency", ", currency included"))
        without = (", without the currency", ", without its currency", ", number only", ", digits only")
        return self.rng.choice(without) if self.rng.random() < 0.4 else ""

    def describe(self, field: Field, name: str, extent: str) -> dict[str, str]:
        """The description, where this record has descriptions; a wider extent is always told."""
        if self.manner == "none" or (self.rng.random() < 0.04 and not extent):
            return {}
        if self.manner == "name":
            return {"description": name}
        about = self.rng.choice(field.abouts)
        if self.manner == "written" and field.form not in ("flag", "choice"):
            about += self.rng.choice(
                (", as written", ", as printed", ", exactly as in the text", " (verbatim)")
            )
        about += extent
        if self.manner == "long":
            about = self.rng.choice(LONG).format(about=about, lower=about[0].lower() + about[1:])
        return {"description": about}


LONG = (
    "{about}. Leave empty if the document does not say it.",
    "{about}, if stated",
    "{about}; null where it is not mentioned",
    "What the document says about this: {lower}",
    "{about}. Copy it from the text and do not guess.",
    "Find the following in the text: {lower}",
)


def normal_known(fact: Fact) -> bool:
    """Whether a number or a day can be asked for in its normal form; an absent one always can."""
    return fact is None or (isinstance(fact, Written) and fact.normal is not None)


def make_schema(asked: Sequence[Asked], title: str) -> dict[str, Any]:
    """The JSON Schema of a record: every property required, nothing else allowed."""
    return {
        "type": "object",
        "properties": {one.name: one.schema for one in asked},
        "required": [one.name for one in asked],
        "additionalProperties": False,
        "title": title,
    }
