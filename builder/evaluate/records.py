"""Reads files of records: JSON lines with `id`, `text`, `schema` and `gold`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from builder.evaluate.errors import RecordsError
from builder.evaluate.scoring import JsonValue

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
        with path.open(encoding="utf-8") as lines:
            records = tuple(
                _parse(line, f"{path}:{number}")
                for number, line in enumerate(islice(lines, limit), start=1)
                if line.strip()
            )
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsError(
            f"{path} cannot be read ({type(error).__name__})", "give a UTF-8 JSONL file"
        ) from error
    if not records:
        raise RecordsError(f"{path} holds no records", "give a file with one JSON object a line")
    return records


def _parse(line: str, place: str) -> Record:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordsError(
            f"{place} is not JSON (column {error.colno})", "mend or remove the line"
        ) from error
    missing = [key for key in KEYS if not isinstance(value, dict) or key not in value]
    if missing:
        raise RecordsError(f"{place} has no {', '.join(missing)}", f"a record needs {', '.join(KEYS)}")
    if not (isinstance(value["text"], str) and isinstance(value["schema"], dict)):
        raise RecordsError(
            f"{place} has a text or a schema of the wrong type",
            "make the text a string and the schema an object",
        )
    return Record(str(value["id"]), value["text"], value["schema"], value["gold"])
