"""The order of the turns: a set in fresh pages, round by round, document by document, all systems on each.

Who begins moves on by one with every round and every document, so that no system always follows the same
one. A first turn after loading is kept apart as cold. Whatever a turn yields is in the report at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar

from playwright.sync_api import Browser

from builder.bench.figures import Peak
from builder.bench.ledger import Ledger
from builder.bench.memory import Renderers
from builder.bench.systems import Answer, Excerpt, Spec, System
from builder.bench.tasks import Task
from builder.bench.turns import AFTER_CLICK, EXCERPT, Turn

Each = TypeVar("Each")
# Told after each document: the round, the task and what each system measured there.
Tell = Callable[[int, Task, Mapping[str, Answer]], None]


@dataclass(frozen=True)
class Plan:
    """What is to be measured: every system on every task in every round."""

    specs: Sequence[Spec]
    tasks: Sequence[Task]
    rounds: int

    def keys(self, task: Task, number: int) -> set[tuple[str, str, str, int]]:
        """The turns of one document in one round."""
        names = {name for spec in self.specs for name in turn_names(spec.name)}
        return {(task.set, task.id, name, number) for name in names}

    def missing(self, done: set[tuple[str, str, str, int]]) -> list[tuple[int, Task]]:
        """The documents of each round that are not wholly done, in the order in which they are run."""
        sets = list(dict.fromkeys(task.set for task in self.tasks))
        return [
            (number, task)
            for name in sets
            for number in range(1, self.rounds + 1)
            for task in self.tasks
            if task.set == name and not self.keys(task, number) <= done
        ]


def turn_names(system: str) -> tuple[str, ...]:
    """Under which names a system's turns are kept: ours is timed in two ways."""
    return (EXCERPT, AFTER_CLICK) if system == EXCERPT else (system,)


def rotated(systems: Sequence[Each], number: int, place: int) -> list[Each]:
    """The systems in the order of their turns on the `place`-th document of a round."""
    first = (number + place) % len(systems)
    return [*systems[first:], *systems[:first]]


def run(browser: Browser, plan: Plan, ledger: Ledger, tell: Tell) -> None:
    """Whatever of the plan is missing in the ledger. Raises BenchError where a system does not start."""
    missing = plan.missing(ledger.done())
    for name in dict.fromkeys(task.set for _, task in missing):
        _run_set(browser, plan, ledger, [one for one in missing if one[1].set == name], tell)


def _run_set(
    browser: Browser, plan: Plan, ledger: Ledger, missing: Sequence[tuple[int, Task]], tell: Tell
) -> None:
    renderers = Renderers(browser)
    with ExitStack() as stack:
        systems = [open_system(browser, renderers, spec) for spec in plan.specs]
        for system in systems:
            stack.callback(system.close)
        task = missing[0][1]
        cold = [(system.name, system.cold_turn(task)) for system in systems]
        ledger.add(Turn(task.set, task.id, name, "cold", 0, answer) for name, answer in cold)
        for place, (number, task) in enumerate(missing):
            _run_document(rotated(systems, number, place), ledger, number, task, tell)
        ledger.end_set(Peak(task.set, system.name, system.peak()) for system in systems)


def _run_document(systems: Sequence[System], ledger: Ledger, number: int, task: Task, tell: Tell) -> None:
    done = ledger.done()
    every: dict[str, Answer] = {}
    for system in systems:
        if all((task.set, task.id, name, number) in done for name in turn_names(system.name)):
            continue
        answers = system.turns(task)
        ledger.add(Turn(task.set, task.id, name, "warm", number, one) for name, one in answers.items())
        every |= answers
    tell(number, task, every)


def open_system(browser: Browser, renderers: Renderers, spec: Spec) -> System:
    """A system in a fresh page, its model loaded."""
    kind = Excerpt if spec.name == EXCERPT else System
    return kind(browser, renderers, spec)
