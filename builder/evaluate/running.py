"""Somebody to ask, and the asking: the real engine in a browser or the baseline, every record once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from builder.evaluate.scoring import JsonValue

if TYPE_CHECKING:
    from builder.evaluate.browser import Conditions, Extracted, Failed
    from builder.evaluate.records import RecordSet

# What can be left out of the engine.
Part = Literal["drafts", "calibration", "grounding"]
PARTS: tuple[Part, ...] = ("drafts", "calibration", "grounding")
ENGINES = ("browser", "baseline")


class Engine(Protocol):
    """Whoever answers records one by one."""

    @property
    def conditions(self) -> Conditions:
        """Under which circumstances it answers."""

    def extract(self, record_id: str, text: str, schema: Mapping[str, JsonValue]) -> Extracted | Failed:
        """The answer to one record."""


@contextmanager
def running(engine: str, bundle: Path, without: Collection[Part] = ()) -> Iterator[Engine]:
    """The engine of that name for as long as a block runs. Raises BrowserError, BundleError."""
    if engine == "baseline":
        from builder.evaluate.baseline import BaselineEngine

        yield BaselineEngine()
        return
    from builder.evaluate.browser import open_engine
    from builder.evaluate.hosting import host
    from builder.evaluate.rebundle import recalibrated
    from builder.evaluate.ungrounded import Ungrounded

    asked = recalibrated(bundle, None) if "calibration" in without else nullcontext(bundle)
    with asked as folder, host(folder) as origin, open_engine(origin, "drafts" not in without) as opened:
        yield Ungrounded(opened) if "grounding" in without else opened


def ask(engine: Engine, sets: Sequence[RecordSet], console: Console) -> list[list[Extracted | Failed]]:
    """Every record once, with a bar on a terminal and one line a set elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    answers: list[list[Extracted | Failed]] = []
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        for one in sets:
            if not console.is_terminal:
                console.print(f"{one.name}: {len(one.records)} records")
            records = progress.track(one.records, description=one.name)
            answers.append([engine.extract(record.id, record.text, record.schema) for record in records])
    return answers
