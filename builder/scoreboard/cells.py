"""A cell: one row's answers to one set, as counts. Kept in a file of a name that says what decides it.

No document and no answer stands in it: an output is kept as its hash, to tell whether two rows gave the same.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.evaluate.browser import Extracted
from builder.evaluate.records import RecordSet
from builder.evaluate.reliability import Judged
from builder.evaluate.report import Answer, score
from builder.evaluate.scoring import Tally
from builder.records import ShapeError, read_record


@dataclass(frozen=True)
class Counted:
    """One record's answer: its counts, its fields' confidences, the hash of its output (None where it failed)
    and the milliseconds that it took."""

    id: str
    tally: Tally
    judged: tuple[Judged, ...]
    output: str | None
    failure: str | None
    ms: float | None


@dataclass(frozen=True)
class Cell:
    """What one row said to one set, and under which circumstances."""

    row: str
    set: str
    browser: str
    threads: int
    records: tuple[Counted, ...]


def cell_path(folder: Path, row: str, identity: str, one: RecordSet) -> Path:
    """Where the cell of a row on a set is kept; other weights, rules or records give another place."""
    records = [[record.id, record.text, record.schema, record.gold] for record in one.records]
    return folder / f"{row}-{one.name}-{_hash([identity, records])}.json"


def read_cell(path: Path) -> Cell | None:
    """The cell kept at `path`; None where there is none, or one of an earlier form."""
    try:
        return read_record(Cell, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ShapeError):
        return None


def write_cell(path: Path, cell: Cell) -> None:
    """Keep a cell, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(dataclasses.asdict(cell)) + "\n", encoding="utf-8")
    partial.replace(path)


def count(one: RecordSet, answers: Sequence[Answer]) -> tuple[Counted, ...]:
    """The counts of a set's answers, in the order of its records."""
    scored = score(one, answers)
    return tuple(
        Counted(record.id, tally, judged, _digest(answer), _failure(answer), _milliseconds(answer))
        for record, answer, tally, judged in zip(
            one.records, answers, scored.tallies, scored.judged, strict=True
        )
    )


def _digest(answer: Answer) -> str | None:
    return _hash(answer.output) if isinstance(answer, Extracted) else None


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def _failure(answer: Answer) -> str | None:
    return None if isinstance(answer, Extracted) else f"{answer.kind}/{answer.code}"


def _milliseconds(answer: Answer) -> float | None:
    return round(answer.prefill_ms + answer.decode_ms, 1) if isinstance(answer, Extracted) else None
