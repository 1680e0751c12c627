"""A scoreboard without a browser: a set of three records, and rows that answer as they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from builder.evaluate.browser import Conditions, Extracted, Failed, FieldAnswer
from builder.evaluate.records import Record, RecordSet
from builder.evaluate.scoring import JsonValue
from builder.scoreboard.rows import Context

SHOPS = ("Nord", "Süd", "Ost")
SCHEMA: dict[str, JsonValue] = {
    "type": "object",
    "properties": {"shop": {"type": ["string", "null"]}},
    "required": ["shop"],
}
SET = RecordSet("shops", tuple(Record(shop, f"At {shop}.", SCHEMA, {"shop": shop}) for shop in SHOPS))
Say = Callable[[str], Extracted | Failed]


def right(record_id: str) -> Extracted:
    """The gold answer, of which the engine is sure."""
    return Extracted({"shop": record_id}, (), (FieldAnswer("/shop", record_id, 1.0, None),), 9, 1, 20.0, 10.0)


def wrong(record_id: str) -> Extracted:
    """Another answer, of which it is just as sure."""
    return Extracted({"shop": "At"}, (), (FieldAnswer("/shop", "At", 1.0, None),), 9, 1, 20.0, 12.0)


def late(record_id: str) -> Failed:
    """None at all."""
    return Failed("device", "time-limit", "No answer.")


@dataclass
class ToldEngine:
    """Answers as `say` does."""

    say: Say
    conditions: Conditions = field(
        default=Conditions("Chromium 1.2", 2, 2, "model", "0" * 16, "wasm-int8", ())
    )

    def extract(self, record_id: str, text: str, schema: Mapping[str, JsonValue]) -> Extracted | Failed:
        """What it is told to say."""
        return self.say(record_id)


@dataclass
class ToldRow:
    """A row that counts how often somebody was asked for."""

    say: Say
    title: str = "told"
    weights: str = "one"
    opened: int = 0

    def identity(self, context: Context) -> str:
        """Its weights."""
        return self.weights

    @contextmanager
    def open(self, context: Context) -> Iterator[ToldEngine]:
        """Somebody to ask."""
        self.opened += 1
        yield ToldEngine(self.say)


def context_in(folder: Path) -> Context:
    """A context in which there is nothing."""
    return Context(folder / "bundle", folder / "bundles", lambda _: None)
