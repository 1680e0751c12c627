"""What stands in a field's line, written out by hand from web/src/engine/prompt.ts and plan.ts."""

from __future__ import annotations

from typing import Any

import pytest

from builder.finetune.fields import compile_fields, header_of
from builder.finetune.records import Json
from builder.recipe import load_recipe

PROMPT = load_recipe("smollm2-135m-instruct").prompt
GOLDEN: list[tuple[str, dict[str, Any], str]] = [
    ("total", {"type": "string", "description": "Amount due"}, "- total (Amount due):"),
    ("total", {"type": ["string", "null"]}, "- total:"),
    ("total", {"type": "string", "title": "The sum"}, "- total (The sum):"),
    ("two  words", {"type": "string", "description": " a\n b\t"}, "- two words (a b):"),
    ("paid", {"type": "boolean", "description": "Is it paid?"}, "- paid (Is it paid?):"),
    ("kind", {"enum": ["a", 'b"', None], "description": "Kind"}, '- kind (Kind; one of "a", "b\\""):'),
    ("size", {"type": "integer", "enum": [1, 2.0]}, "- size (one of 1, 2):"),
]


@pytest.mark.parametrize(("name", "schema", "header"), GOLDEN)
def test_header(name: str, schema: dict[str, Any], header: str) -> None:
    (field,) = compile_fields({"type": "object", "properties": {name: schema}, "required": [name]})
    assert header_of(field, PROMPT) == header


@pytest.mark.parametrize(
    ("schema", "required", "kind", "absent"),
    [
        ({"type": "string"}, True, "string", False),
        ({"type": "string"}, False, "string", True),
        ({"type": ["string", "null"]}, True, "string", True),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, True, "number", True),
        ({"type": "string", "format": "date"}, True, "date", False),
        ({"enum": ["a", None]}, True, "choice", True),
        ({"type": "string", "enum": ["a", None]}, True, "choice", False),
        ({"type": ["string", "null"], "enum": ["a"]}, True, "choice", False),
        ({"type": "array", "items": {"type": "string"}}, True, "list", False),
    ],
)
def test_kind_and_absence(schema: dict[str, Any], required: bool, kind: str, absent: bool) -> None:
    names: list[Json] = ["x"] if required else []
    (field,) = compile_fields({"type": "object", "properties": {"x": schema}, "required": names})
    assert (field.kind, field.absent) == (kind, absent)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"type": "array", "items": {"type": "object"}},
        {"type": "string", "format": "email"},
    ],
)
def test_what_the_engine_refuses_is_no_field(schema: dict[str, Any]) -> None:
    assert compile_fields({"type": "object", "properties": {"x": schema}, "required": ["x"]}) == []
