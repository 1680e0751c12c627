"""The engine without grounding: every text may be written freely, as if each schema had said so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from builder.evaluate.scoring import JsonValue

if TYPE_CHECKING:
    from builder.evaluate.browser import BrowserEngine, Conditions, Extracted, Failed

FREE: dict[str, JsonValue] = {"x-excerpt": "free"}
# A text with one of these is held to more than the document.
HELD = frozenset({"enum", "const", "format", "pattern"})
# Where a schema holds schemas: by name, in a list, one.
NAMED = frozenset({"properties", "$defs", "definitions", "patternProperties"})
LISTED = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
SINGLE = frozenset({"items", "additionalProperties", "contains"})


class Ungrounded:
    """Asks the engine under schemas whose texts are free; their answers have no evidence."""

    def __init__(self, engine: BrowserEngine) -> None:
        """Asks `engine`."""
        self._engine = engine

    @property
    def conditions(self) -> Conditions:
        """Those of the engine."""
        return self._engine.conditions

    def extract(self, record_id: str, text: str, schema: Mapping[str, JsonValue]) -> Extracted | Failed:
        """The engine's answer to one record."""
        return self._engine.extract(record_id, text, freed(schema))


def freed(schema: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The schema with every text in it free; choices and forms stay as they are."""
    inner = {key: _freed_within(key, value) for key, value in schema.items()}
    return inner | FREE if _is_text(schema) else inner


def _freed_within(key: str, value: JsonValue) -> JsonValue:
    if key in NAMED and isinstance(value, dict):
        return {name: _freed(one) for name, one in value.items()}
    if key in LISTED and isinstance(value, list):
        return [_freed(one) for one in value]
    return _freed(value) if key in SINGLE else value


def _freed(value: JsonValue) -> JsonValue:
    return cast("JsonValue", freed(value)) if isinstance(value, dict) else value


def _is_text(schema: Mapping[str, JsonValue]) -> bool:
    said = schema.get("type")
    types = said if isinstance(said, list) else [said]
    return "string" in types and not HELD & schema.keys()
