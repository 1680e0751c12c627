"""What a run shows: a bar with loss and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from builder.finetune.curve import Point, smooth
from builder.finetune.schedule import Schedule
from builder.finetune.train import Measures, Progress

LINE_SECONDS = 30.0


class Reporter(Progress):
    """Tells a console."""

    def __init__(self, console: Console, bar: Bar) -> None:
        """Write to the console; the bar lives on it."""
        self.console, self.bar = console, bar
        self.task = bar.add_task("Training", total=1.0, visible=False)
        self.losses: list[float] = []
        self.last_line = 0.0

    def station(self, text: str) -> None:
        """One line."""
        self.console.print(text, highlight=False)

    def stepped(self, point: Point, schedule: Schedule) -> None:
        """Move the bar; a line now and then where there is no terminal."""
        self.losses.append(point.loss)
        left = schedule.remaining * (schedule.pace or 0.0)
        text = (
            f"step {point.step}, loss {smooth(self.losses)[-1]:.3f}, "
            f"{point.seconds:.1f} s a step, {left / 60:.1f} min left"
        )
        self.bar.update(self.task, completed=schedule.progress, description=text, visible=True)
        if not self.console.is_terminal and time.monotonic() - self.last_line >= LINE_SECONDS:
            self.last_line = time.monotonic()
            self.console.print(text, highlight=False)

    def measured(self, step: int, measures: Measures) -> None:
        """One line for each held-out set."""
        for name, found in measures.items():
            shares = ", ".join(
                f"{key} {value:.3f}"
                for key, value in found.items()
                if value is not None and key != "branches"
            )
            self.console.print(f"  after step {step}, {name}: {shares}", highlight=False)


@contextmanager
def reporter() -> Iterator[Reporter]:
    """A reporter on standard output."""
    console = Console()
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        yield Reporter(console, bar)
