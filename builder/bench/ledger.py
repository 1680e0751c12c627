"""The report file of a run: whole after every turn, so that a run may be stopped and gone on with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.bench.errors import BenchError
from builder.bench.figures import Peak, figures
from builder.bench.machine import load_average
from builder.bench.tasks import Task
from builder.bench.turns import Turn, turn_from_json

START_AFRESH = "go on under the same ones, or start afresh without --resume"
# A run is only gone on with where these are the same; load and date may differ.
FIXED = ("browser", "machine", "threads", "packages", "model", "bundle", "variant", "records")


@dataclass
class Ledger:
    """What was measured so far, under which conditions."""

    path: Path
    tasks: Sequence[Task]
    conditions: dict[str, Any]
    turns: list[Turn] = field(default_factory=list)
    peaks: list[Peak] = field(default_factory=list)

    def add(self, turns: Iterable[Turn]) -> None:
        """Take in turns and write the file."""
        self.turns += turns
        self.write()

    def end_set(self, peaks: Iterable[Peak]) -> None:
        """Take in the peaks of the pages' memory and how busy the machine was, and write the file."""
        self.peaks += peaks
        self.conditions["load_average"].append(load_average())
        self.write()

    def done(self) -> set[tuple[str, str, str, int]]:
        """The keys of the warm turns that need not be repeated."""
        return {turn.key for turn in self.turns if turn.temperature == "warm"}

    def report(self) -> dict[str, Any]:
        """Everything, figures computed anew."""
        return {
            "conditions": self.conditions,
            **figures(self.tasks, self.turns, self.peaks),
            "peaks": [peak.to_json() for peak in self.peaks],
            "turns": [turn.to_json() for turn in self.turns],
        }

    def write(self) -> None:
        """Replace the file in one step: whoever reads it never finds half of one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_name(f"{self.path.name}.partial")
        partial.write_text(json.dumps(self.report(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        partial.replace(self.path)


def resume(path: Path, tasks: Sequence[Task], conditions: dict[str, Any]) -> Ledger:
    """The ledger whose file lies at `path`, to go on with; a new one where there is none.

    Raises BenchError when the file is no report of such a run or was made under other conditions.
    """
    if not path.is_file():
        return Ledger(path, tasks, conditions)
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        turns = [turn_from_json(one) for one in report["turns"]]
        peaks = [Peak(**one) for one in report["peaks"]]
        before = report["conditions"]
        loads = before["load_average"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BenchError(
            f"{path} is no report of a benchmark ({type(error).__name__})", "give another --out"
        ) from error
    for name in FIXED:
        if before.get(name) != conditions[name]:
            raise BenchError(f"{path} was made under other conditions ({name})", START_AFRESH)
    merged = conditions | {"started": before["started"], "load_average": loads + conditions["load_average"]}
    return Ledger(path, tasks, merged, turns, peaks)
