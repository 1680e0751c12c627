"""The fields of a schema as the engine asks for them: the Python side of `web/src/engine/plan.ts` and
`prompt.ts`.

Only what the engine can fill is a field here; other properties are passed over (`flat` makes some of them
askable first).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builder.bundle.manifest import PromptParts
from builder.finetune.records import Json
from builder.finetune.source import BLANK_RUN

Kind = Literal["string", "number", "date", "choice", "list"]


@dataclass(frozen=True)
class Field:
    """One question: `absent` says whether the answer may be null; `options` are a choice's values."""

    name: str
    description: str
    kind: Kind
    absent: bool
    options: tuple[Json, ...] = ()


def compile_fields(schema: Mapping[str, Json]) -> list[Field]:
    """The fields of a flat schema, in its order."""
    properties, required = schema.get("properties"), schema.get("required")
    names = required if isinstance(required, list) else []
    if not isinstance(properties, dict):
        return []
    found = (
        compile_field(name, value, name in names)
        for name, value in properties.items()
        if isinstance(value, dict)
    )
    return [field for field in found if field is not None]


def compile_field(name: str, schema: Mapping[str, Json], required: bool) -> Field | None:
    """One property as a field, or None where the engine has no way to fill it."""
    schema, nullable = without_null(schema)
    kind = kind_of(schema)
    if kind is None:
        return None
    description = schema.get("description") or schema.get("title") or ""
    return Field(
        name, str(description), kind, nullable or not required, options_of(schema) if kind == "choice" else ()
    )


def without_null(schema: Mapping[str, Json]) -> tuple[Mapping[str, Json], bool]:
    """The schema without null among its types, its branches and its values, and whether it was there."""
    for keyword in ("anyOf", "oneOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list):
            rest = [
                branch for branch in branches if isinstance(branch, dict) and branch.get("type") != "null"
            ]
            outer = {key: value for key, value in schema.items() if key != keyword}
            return ({**outer, **rest[0]} if len(rest) == 1 else {}), len(rest) < len(branches)
    types, values = schema.get("type"), schema.get("enum")
    result, nullable = dict(schema), False
    if isinstance(types, list):
        rest_types = [name for name in types if name != "null"]
        nullable = len(rest_types) < len(types)
        result["type"] = rest_types[0] if len(rest_types) == 1 else None
    if isinstance(values, list) and None in values:
        nullable = nullable or types is None
        result["enum"] = [value for value in values if value is not None]
    elif isinstance(values, list):
        nullable = False
    return result, nullable


def kind_of(schema: Mapping[str, Json]) -> Kind | None:
    """What kind of answer a property without null takes."""
    name = schema.get("type")
    if "enum" in schema or "const" in schema or name == "boolean":
        return "choice"
    if name == "string":
        return "string" if schema.get("format") is None else "date" if schema["format"] == "date" else None
    if name in ("number", "integer"):
        return "number"
    items = schema.get("items")
    plain = (
        isinstance(items, dict)
        and items.get("type") == "string"
        and not {"enum", "const", "format"} & set(items)
    )
    return "list" if name == "array" and plain else None


def options_of(schema: Mapping[str, Json]) -> tuple[Json, ...]:
    """The values of a choice, in the schema's order."""
    if "const" in schema:
        return (schema["const"],)
    values = schema.get("enum")
    return tuple(values) if isinstance(values, list) else (True, False)


def header_of(field: Field, prompt: PromptParts) -> str:
    """The line that asks for one field."""
    description = "; ".join(part for part in (field.description, options_text(field)) if part)
    template = prompt.field if description else prompt.field_without_description
    return template.replace("{name}", one_line(field.name), 1).replace(
        "{description}", one_line(description), 1
    )


def options_text(field: Field) -> str:
    """What the header says of a choice; yes and no go without saying."""
    if field.kind != "choice" or all(isinstance(value, bool) for value in field.options):
        return ""
    return f"one of {', '.join(json_text(value) for value in field.options)}"


def json_text(value: Json) -> str:
    """A single value as JavaScript's JSON.stringify writes it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def one_line(text: str) -> str:
    """White space as single blanks, none at the edges."""
    return BLANK_RUN.sub(" ", text).strip(" ")
