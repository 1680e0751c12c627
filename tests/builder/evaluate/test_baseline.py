from __future__ import annotations

import pytest

from builder.evaluate.baseline import BaselineEngine
from builder.evaluate.scoring import JsonValue, fits

TEXT = """Nordlicht Supplies, billing@nordlicht.example
Invoice number: NL-2041
Issued 3 May 2023, due 2023-06-02
Status: open
Items: pens, paper; ink
Total EUR 1,234.50
"""
TEXTS: dict[str, JsonValue] = {"type": ["string", "null"]}


def answer(name: str, asked: dict[str, JsonValue], text: str = TEXT) -> JsonValue:
    schema: dict[str, JsonValue] = {"type": "object", "properties": {name: asked}, "required": [name]}
    output = BaselineEngine().extract("a", text, schema).output
    assert fits(output, schema)
    return output[name]


@pytest.mark.parametrize(
    ("name", "asked", "value"),
    [
        ("invoice_number", TEXTS, "NL-2041"),
        ("contactEmail", TEXTS, "billing@nordlicht.example"),
        ("due date", TEXTS, "3 May 2023"),
        ("website", TEXTS, None),
        ("colour", TEXTS, None),
        ("shop", {"type": "string"}, "Nordlicht Supplies, billing@nordlicht.example"),
        ("status", {"enum": ["paid", "open", None]}, "open"),
        ("paid", {"type": ["boolean", "null"]}, None),
        ("items", {"type": "array", "items": {"type": "string"}}, ["pens", "paper", "ink"]),
        ("rows", {"type": "array", "items": {"type": "object"}}, []),
        ("total", {"type": ["number", "null"]}, 1234.5),
        ("count", {"type": ["integer", "null"]}, None),
        ("who", {"type": "object", "properties": {"mail": TEXTS}}, {"mail": "billing@nordlicht.example"}),
        ("mail", {"anyOf": [{"type": "string"}, {"type": "null"}]}, "billing@nordlicht.example"),
    ],
)
def test_a_field_is_filled_by_the_first_rule_that_finds_something(
    name: str, asked: dict[str, JsonValue], value: JsonValue
) -> None:
    assert answer(name, asked) == value


def test_a_description_helps_where_a_name_does_not() -> None:
    assert answer("x", TEXTS | {"description": "Where to send an email"}) == "billing@nordlicht.example"


def test_it_claims_no_confidence() -> None:
    extracted = BaselineEngine().extract("a", TEXT, {"properties": {"total": TEXTS}})
    assert (extracted.answers, extracted.evidence, extracted.forwards) == ((), (), 0)
    assert BaselineEngine.conditions.variant == "baseline"
