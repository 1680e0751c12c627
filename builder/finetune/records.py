"""A record: a document, what is asked of it, and the right answers. Read from JSON lines, strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from builder.finetune.errors import FinetuneError

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True)
class Record:
    """A document with its schema and gold answers; `set` names the file or the generator that it comes from.

    `spans` says of numbers and days, by property, which characters of the text the value was read from.
    """

    id: str
    set: str
    domain: str
    text: str
    schema: Mapping[str, Json]
    gold: Mapping[str, Json]
    spans: Mapping[str, str] = field(default_factory=dict)


def read_set(path: Path) -> list[Record]:
    """Every record of one JSON-lines file, in its order. Raises FinetuneError for a line that is no
    record."""
    with path.open(encoding="utf-8") as lines:
        return [
            parse_record(line, path.stem, f"{path}:{number}")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]


def parse_record(line: str, name: str, place: str) -> Record:
    """One line as a record of the set `name`; `place` names it in errors."""
    try:
        return record_of(json.loads(line), name, place)
    except json.JSONDecodeError as error:
        raise FinetuneError(
            f"{place} is not JSON (column {error.colno})", "mend or remove the line"
        ) from error


def record_of(value: object, name: str, place: str) -> Record:
    """Plain data as a record. Raises FinetuneError where a part is missing or of the wrong type."""
    if not isinstance(value, Mapping):
        raise FinetuneError(f"{place} is not an object", "give one JSON object a line")
    text, schema, gold = value.get("text"), value.get("schema"), value.get("gold")
    if not (isinstance(text, str) and isinstance(schema, Mapping) and isinstance(gold, Mapping)):
        raise FinetuneError(
            f"{place} lacks a text, a schema or a gold answer", "give `text`, `schema` and `gold`"
        )
    spans = value.get("spans", {})
    name_of = str(value.get("id", place))
    return Record(name_of, name, str(value.get("domain", name)), text, schema, gold, dict(spans))
