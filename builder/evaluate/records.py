"""Reads files of records: JSON lines with `id`, `text`, `schema` and `gold`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.evaluate.errors import RecordsError
from builder.evaluate.scoring import JsonValue
from builder.records import ShapeError, read_lines

KEYS = ("id", "text", "schema", "gold")


@dataclass(frozen=True)
class Record:
    """A document, what is asked of it, and the answer a person gave."""

    id: str
    text: str
    schema: dict[str, JsonValue]
    gold: JsonValue


@dataclass(frozen=True)
class RecordSet:
    """The records of one file, under the file's name without its ending."""

    name: str
    records: tuple[Record, ...]


def read_sets(paths: list[Path], limit: int | None) -> list[RecordSet]:
    """The first `limit` records of each file (all for None); RecordsError where a line is unusable."""
    sets = [RecordSet(path.stem, _read(path, limit)) for path in paths]
    names = [one.name for one in sets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise RecordsError(f"two files are named {twice!r}", "rename one, as the report is keyed by the name")
    return sets


def _read(path: Path, limit: int | None) -> tuple[Record, ...]:
    try:
        records = tuple(_record(value, place) for place, value in read_lines(path, limit))
    except ShapeError as error:
        raise RecordsError(str(error), "mend or remove the line") from error
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be read ({type(error).__name__})", "give a UTF-8 JSONL file"
        ) from error
    if not records:
        raise RecordsError(f"{path} holds no records", "give a file with one JSON object a line")
    return records


def _record(value: dict[str, Any], place: str) -> Record:
    missing = [key for key in KEYS if key not in value]
    if missing:
        raise RecordsError(f"{place} has no {', '.join(missing)}", f"a record needs {', '.join(KEYS)}")
    if not (isinstance(value["text"], str) and isinstance(value["schema"], dict)):
        raise RecordsError(
            f"{place} has a text or a schema of the wrong type",
            "make the text a string and the schema an object",
        )
    return Record(str(value["id"]), value["text"], value["schema"], value["gold"])
