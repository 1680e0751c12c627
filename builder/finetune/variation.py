"""A record's questions, varied: nested columns made askable, names restyled, descriptions dropped, absent
fields borrowed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from builder.finetune.fields import Field, compile_field, compile_fields
from builder.finetune.questions import Question
from builder.finetune.records import Json, Record

LONGEST_LIST = 12
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_]+")


@dataclass(frozen=True)
class VariationRecipe:
    """How often each change is made, as shares of records or fields, and how many questions a document gets
    at most."""

    rename: float
    drop_description: float
    borrow: float
    list_as_single: float
    single_as_list: float
    absent_share: float
    max_fields: int


def questions_of(record: Record) -> list[Question]:
    """Everything that the engine can be asked about a record, with its gold answer."""
    asked = [
        Question(field, record.gold.get(field.name), record.spans.get(field.name))
        for field in compile_fields(record.schema)
    ]
    names = {question.field.name for question in asked}
    return [*asked, *(column for column in columns_of(record) if column.field.name not in names)]


def columns_of(record: Record) -> list[Question]:
    """The columns of a record's lists of objects, each as a list; the fields of its objects, each by
    itself."""
    properties = record.schema.get("properties")
    found: list[Question] = []
    for name, schema in properties.items() if isinstance(properties, dict) else ():
        gold = record.gold.get(name)
        items = schema.get("items") if isinstance(schema, dict) else None
        if isinstance(items, dict) and isinstance(gold, list):
            found.extend(columns(items, [row for row in gold if isinstance(row, dict)]))
        elif isinstance(schema, dict) and isinstance(gold, dict):
            found.extend(Question(field, gold.get(field.name)) for field in compile_fields(schema))
    return found


def columns(items: Mapping[str, Json], rows: Sequence[Mapping[str, Json]]) -> list[Question]:
    """Each column of texts of a list of objects as a question for a list."""
    found = []
    for field in compile_fields(items):
        cells: list[Json] = [cell for row in rows if (cell := row.get(field.name)) is not None]
        if (
            field.kind == "string"
            and len(cells) <= LONGEST_LIST
            and all(isinstance(cell, str) for cell in cells)
        ):
            found.append(Question(replace(field, kind="list", absent=False), cells))
    return found


def vary(
    questions: Sequence[Question], lenders: Sequence[Field], recipe: VariationRecipe, random: Random
) -> list[Question]:
    """Another schema for the same document, decided by `random` alone; `lenders` are fields of other
    documents."""
    chosen = [*questions, *borrowed(questions, lenders, recipe, random)]
    chosen = select(chosen, recipe, random)
    chosen = [reshaped(question, recipe, random) for question in chosen]
    if random.random() < recipe.rename:
        style = random.choice(STYLES)
        chosen = [renamed(question, style) for question in chosen]
    return [
        undescribed(question) if random.random() < recipe.drop_description else question
        for question in chosen
    ]


def borrowed(
    questions: Sequence[Question], lenders: Sequence[Field], recipe: VariationRecipe, random: Random
) -> list[Question]:
    """Up to two fields of other documents, of which no word occurs in the names or descriptions of this
    one's."""
    if not lenders or random.random() >= recipe.borrow:
        return []
    here = {word for question in questions for word in field_words(question.field)}
    picked = random.sample(lenders, min(2, len(lenders)))
    return [
        Question(field, [] if field.kind == "list" else None)
        for field in picked
        if here.isdisjoint(field_words(field))
    ]


def field_words(field: Field) -> set[str]:
    """The words of a field's name and description that carry meaning, in lower case."""
    return {
        word for word in map(str.lower, WORDS.findall(f"{field.name} {field.description}")) if len(word) > 3
    }


def select(questions: Sequence[Question], recipe: VariationRecipe, random: Random) -> list[Question]:
    """At most `max_fields`, shuffled, absent ones up to their share (one at least)."""
    shuffled = random.sample(list(questions), len(questions))
    filled = [question for question in shuffled if not question.absent][: recipe.max_fields]
    absent = [question for question in shuffled if question.absent]
    room = max(1, round(len(filled) * recipe.absent_share / (1 - recipe.absent_share)))
    kept = [*filled[: max(1, recipe.max_fields - min(room, len(absent)))], *absent[:room]]
    return random.sample(kept, len(kept))


def reshaped(question: Question, recipe: VariationRecipe, random: Random) -> Question:
    """Now and then a list of at most one item asked for as a single value, or the other way round."""
    field, gold = question.field, question.gold
    if (
        field.kind == "list"
        and isinstance(gold, list)
        and len(gold) <= 1
        and random.random() < recipe.list_as_single
    ):
        return Question(replace(field, kind="string", absent=True), gold[0] if gold else None)
    if field.kind == "string" and random.random() < recipe.single_as_list:
        return Question(replace(field, kind="list", absent=False), [] if question.absent else [gold])
    return question


def undescribed(question: Question) -> Question:
    """The question without its description."""
    return replace(question, field=replace(question.field, description=""))


def renamed(question: Question, style: str) -> Question:
    """The question with its name written in another style."""
    return replace(
        question,
        field=replace(question.field, name=styled(question.field.name, style) or question.field.name),
    )


STYLES = ("snake", "camel", "kebab", "title", "upper", "plain", "pascal")


def styled(name: str, style: str) -> str:
    """A name's words joined in a style that programmers or people use."""
    words = [word.lower() for word in WORDS.findall(name)]
    capitals = [word.capitalize() for word in words]
    forms = {
        "snake": "_".join(words),
        "camel": "".join([*words[:1], *capitals[1:]]),
        "kebab": "-".join(words),
        "title": " ".join(capitals),
        "upper": "_".join(words).upper(),
        "plain": " ".join(words),
        "pascal": "".join(capitals),
    }
    return forms[style]


def lendable(record: Record) -> list[Field]:
    """The fields of a record that another document may be asked for in vain."""
    properties = record.schema.get("properties")
    pairs = properties.items() if isinstance(properties, dict) else ()
    fields = [
        compile_field(name, schema, required=True) for name, schema in pairs if isinstance(schema, dict)
    ]
    return [field for field in fields if field and may_be_lent(field)]


# What any document may hold unasked: a borrowed field with such a word could be there after all.
GENERIC = frozenset(
    [
        "name",
        "names",
        "date",
        "dates",
        "time",
        "times",
        "address",
        "email",
        "mail",
        "phone",
        "telephone",
        "number",
        "numbers",
        "amount",
        "price",
        "city",
        "country",
        "title",
        "place",
        "places",
        "location",
        "locations",
        "person",
        "people",
        "persons",
        "company",
        "organisation",
        "organisations",
        "quantity",
        "quantities",
        "year",
        "description",
        "text",
        "subject",
        "identifier",
        "code",
        "status",
        "type",
        "state",
        "product",
        "products",
        "value",
    ]
)


def may_be_lent(field: Field) -> bool:
    """Whether a field is so much of its own domain that other documents hardly hold it."""
    described = bool(field.description) and (field.kind == "list" or field.absent)
    return described and GENERIC.isdisjoint(field_words(field))
