"""What regular expressions and a few heuristics reach without any model: the floor of the scoreboard.

A field is filled by the first rule that finds something: a choice that stands in the text, the rest of a line
whose label shares words with the field's name, then a form that the name or the description asks for (a date,
an amount, an address on the net …). What nothing finds is null, an empty list, or where the schema allows
neither, the first words of the text. No rule knows of any data set.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Mapping

from builder.evaluate.browser import Conditions, Extracted
from builder.evaluate.scoring import JsonValue

Schema = Mapping[str, JsonValue]

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
MONEY = r"(?:[$€£¥]|EUR|USD|GBP)"
NUMBER = r"[-+]?\d+(?:[.,]\d+)*"
# What a word in a field's name or description asks for; the first that fits counts.
FORMS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"email", "mail"}), re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (frozenset({"url", "website", "link", "site"}), re.compile(r"(?:https?://|www\.)[^\s,;<>\"]+")),
    (
        frozenset({"date", "day", "due", "issued", "birthday"}),
        re.compile(
            r"\d{4}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-]\d{2,4}"
            rf"|\d\d? {MONTH} \d{{4}}|{MONTH} \d\d?,? \d{{4}}",
            re.IGNORECASE,
        ),
    ),
    (
        frozenset({"time", "hour", "start", "end"}),
        re.compile(r"\d\d?:\d\d(?::\d\d)?(?: ?[ap]m)?", re.IGNORECASE),
    ),
    (frozenset({"phone", "telephone", "fax", "mobile"}), re.compile(r"\+?\d[\d ()/-]{5,}\d")),
    (
        frozenset({"total", "amount", "price", "cost", "sum", "tax", "subtotal", "fee"}),
        re.compile(rf"{MONEY}\s?{NUMBER}|{NUMBER}\s?{MONEY}|\d+(?:[.,]\d{{3}})*[.,]\d\d\b"),
    ),
    (frozenset({"zip", "postcode", "postal"}), re.compile(r"\b\d{4,5}(?:-\d{4})?\b")),
    (frozenset({"year"}), re.compile(r"\b(?:1[89]|20)\d\d\b")),
    (frozenset({"number", "id", "code", "reference", "no"}), re.compile(r"\b(?=[\w-]*\d)[A-Z0-9][\w-]*\b")),
)
WORDS = re.compile(r"[A-Za-z][a-z]*|[A-Z]+(?![a-z])")
LABELLED = re.compile(r"^[ \t]*([^\n:=]{1,40}?)[ \t]*[:=][ \t]*(\S[^\n]*?)[ \t]*$", re.MULTILINE)


class BaselineEngine:
    """Answers like the engine in the browser, without one."""

    conditions = Conditions("none", os.cpu_count() or 1, 1, "regular expressions", "", "baseline", ())

    def extract(self, record_id: str, text: str, schema: Schema) -> Extracted:
        """Every property of the schema by rule; it makes no claim of confidence and names no places."""
        began = time.perf_counter()
        output = {name: answer(name, asked, text) for name, asked in properties(schema)}
        return Extracted(output, (), (), 0, 0, 0.0, 1000 * (time.perf_counter() - began))


def properties(schema: Schema) -> Iterable[tuple[str, Schema]]:
    """The fields of an object, with their schemas."""
    asked = schema.get("properties")
    return (
        ((name, one) for name, one in asked.items() if isinstance(one, dict))
        if isinstance(asked, dict)
        else ()
    )


def answer(name: str, asked: Schema, text: str) -> JsonValue:
    """A value for one field, of a type that its schema allows."""
    types = types_of(asked)
    if "object" in types:
        return {inner: answer(inner, one, text) for inner, one in properties(asked)}
    if options := options_of(asked, types):
        return choose(options, "null" in types, text)
    found = find(name, str(asked.get("description", "")), text)
    if "array" in types:
        return items_of(asked, found)
    if {"number", "integer"} & types:
        return number_of(found, types, text)
    if found is None and "null" not in types:
        return " ".join(text.split()[:3])
    return found


def types_of(asked: Schema) -> set[str]:
    """The types that a schema allows, also behind `anyOf`."""
    said = asked.get("type", [])
    types = (
        {said} if isinstance(said, str) else {str(one) for one in said} if isinstance(said, list) else set()
    )
    options = asked.get("anyOf", asked.get("oneOf", []))
    for option in options if isinstance(options, list) else []:
        types |= types_of(option) if isinstance(option, dict) else set()
    return types


def options_of(asked: Schema, types: set[str]) -> list[JsonValue]:
    """The values of a choice, null left out."""
    listed = asked.get("enum")
    if isinstance(listed, list):
        return [one for one in listed if one is not None]
    return [True, False] if "boolean" in types else []


def choose(options: list[JsonValue], absent: bool, text: str) -> JsonValue:
    """The first option that stands in the text, else null where it may be, else the last one."""
    for one in options:
        if isinstance(one, str) and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE):
            return one
    return None if absent else options[-1]


def find(name: str, description: str, text: str) -> str | None:
    """The words of the text that a field asks for: beside its label, else of the form that it names."""
    own = words_of(name)
    for label, value in LABELLED.findall(text):
        if own and own <= words_of(label):
            return str(value)
    for words in (own, words_of(description)):
        for triggers, form in FORMS:
            match = form.search(text) if triggers & words else None
            if match is not None:
                return match.group()
    return None


def words_of(name: str) -> set[str]:
    """The words of a name in any style, in lower case."""
    return {word.lower() for word in WORDS.findall(name)}


def items_of(asked: Schema, found: str | None) -> list[JsonValue]:
    """A list of texts: what was found, cut at its commas. Lists of anything else stay empty."""
    items = asked.get("items")
    texts = isinstance(items, dict) and "string" in types_of(items)
    return [part.strip() for part in re.split(r"[,;]", found) if part.strip()] if found and texts else []


def number_of(found: str | None, types: set[str], text: str) -> JsonValue:
    """The number in what was found, a comma before two digits at the end read as a point."""
    match = re.search(NUMBER, found or ("" if "null" in types else text))
    if match is None:
        return None if "null" in types else 0
    plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", match.group()).replace(",", ".")
    value = float(plain) if plain.count(".") < 2 else 0.0
    return int(value) if "integer" in types or value.is_integer() else value
