"""The documents of the benchmark: which, and how they are put to a system that takes a prompt."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from builder.bench.errors import BenchError
from builder.bench.turns import INVOICE
from builder.evaluate.records import Record, read_sets
from builder.evaluate.scoring import JsonValue

DOCUMENTS = Path("tests/documents")
# Which records are taken is decided by this number alone, so that every run takes the same ones.
SEED = 20240229

INSTRUCTION = (
    "Extract the following fields from the text. Return one JSON object with exactly these keys: {fields}. "
    "Copy every value from the text."
)
NULLS = " If the text does not say it, answer null."


@dataclass(frozen=True)
class Task:
    """A document of a set, what is asked of it, and the answer that a person gave."""

    set: str
    id: str
    text: str
    schema: dict[str, JsonValue]
    gold: JsonValue

    @property
    def instruction(self) -> str:
        """Names and descriptions of the fields, as a person would put them to a chat model."""
        properties = cast("dict[str, dict[str, JsonValue]]", self.schema["properties"])
        fields = ", ".join(_described(name, field) for name, field in properties.items())
        absent = any("null" in _types(field) for field in properties.values())
        return INSTRUCTION.format(fields=fields) + (NULLS if absent else "")


def read_tasks(names: Sequence[str], folder: Path, count: int) -> list[Task]:
    """The tasks of the sets named, `count` of each file of records in `folder`.

    Raises BenchError where a file is missing, RecordsError where it is malformed.
    """
    tasks = []
    for name in names:
        tasks += [_invoice()] if name == INVOICE else _chosen(name, folder, count)
    return tasks


def choose(records: Sequence[Record], count: int) -> list[Record]:
    """`count` of the records: the same ones every time, and a smaller choice lies within a larger one."""
    shuffled = list(records)
    random.Random(SEED).shuffle(shuffled)
    return shuffled[:count]


def _chosen(name: str, folder: Path, count: int) -> list[Task]:
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        raise BenchError(
            f"there are no records {path}", "name the folder that holds them: --records, or leave the set out"
        )
    [one] = read_sets([path], None)
    return [
        Task(name, record.id, record.text, record.schema, record.gold)
        for record in choose(one.records, count)
    ]


def _invoice() -> Task:
    text, schema, gold = (
        (DOCUMENTS / f"invoice.{ending}").read_text(encoding="utf-8")
        for ending in ("txt", "schema.json", "gold.json")
    )
    return Task(INVOICE, "invoice.txt", text, json.loads(schema), json.loads(gold))


def _described(name: str, field: dict[str, JsonValue]) -> str:
    description = field.get("description")
    return f'"{name}" ({description})' if description else f'"{name}"'


def _types(field: dict[str, JsonValue]) -> Sequence[JsonValue]:
    types = field.get("type", [])
    return types if isinstance(types, list) else [types]
