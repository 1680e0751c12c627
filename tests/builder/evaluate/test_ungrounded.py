from __future__ import annotations

from builder.evaluate.scoring import JsonValue
from builder.evaluate.ungrounded import freed

FREE: dict[str, JsonValue] = {"x-excerpt": "free"}


def test_texts_are_freed_wherever_they_stand() -> None:
    text: dict[str, JsonValue] = {"type": ["string", "null"], "description": "A name"}
    nested: dict[str, JsonValue] = {"type": "object", "properties": {"type": text}}
    schema: dict[str, JsonValue] = {
        "type": "object",
        "properties": {
            "name": text,
            "names": {"type": "array", "items": text},
            "either": {"anyOf": [text, nested]},
        },
        "required": ["name"],
    }
    free = text | FREE
    assert freed(schema) == {
        "type": "object",
        "properties": {
            "name": free,
            "names": {"type": "array", "items": free},
            "either": {"anyOf": [free, {"type": "object", "properties": {"type": free}}]},
        },
        "required": ["name"],
    }


def test_choices_forms_and_other_types_stay_as_they_are() -> None:
    held: dict[str, JsonValue] = {
        "type": "object",
        "properties": {
            "day": {"type": "string", "format": "date"},
            "way": {"type": "string", "enum": ["a", "b"]},
            "sum": {"type": "number", "default": {"type": "string"}},
        },
    }
    assert freed(held) == held
