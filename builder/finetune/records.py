"""A record: a document, what is asked of it, and the right answers. Read from JSON lines, strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from builder.finetune.errors import FinetuneError
from builder.records import ShapeError, read_lines

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
    try:
        return [record_of(value, path.stem, place) for place, value in read_lines(path)]
    except ShapeError as error:
        raise FinetuneError(str(error), "mend or remove the line") from error


def record_of(value: Mapping[str, Any], name: str, place: str) -> Record:
    """Plain data as a record. Raises FinetuneError where a part is missing or of the wrong type."""
    text, schema, gold = value.get("text"), value.get("schema"), value.get("gold")
    if not (isinstance(text, str) and isinstance(schema, Mapping) and isinstance(gold, Mapping)):
        raise FinetuneError(
            f"{place} lacks a text, a schema or a gold answer", "give `text`, `schema` and `gold`"
        )
    spans = value.get("spans", {})
    name_of = str(value.get("id", place))
    return Record(name_of, name, str(value.get("domain", name)), text, schema, gold, dict(spans))
