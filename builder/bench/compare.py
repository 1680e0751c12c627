"""Excerpt beside its peers, from an order to a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.bench.ledger import Ledger, resume
from builder.bench.rounds import Plan, run
from builder.bench.stage import conditions, staged
from builder.bench.systems import Answer
from builder.bench.tasks import Task, read_tasks
from builder.bench.turns import Failure

Report = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What is asked of a run: which documents, which peers, how often, and where the report goes."""

    out: Path
    rounds: int
    documents: int
    only: tuple[str, ...]
    peers: tuple[str, ...]
    resume: bool
    records: Path
    bundle: Path


def compare(order: Order, report: Report) -> dict[str, Any]:
    """Run what is missing of the order and give the whole report. Raises ExcerptError."""
    tasks = read_tasks(order.only, order.records, order.documents)
    with staged(order.bundle, order.peers, report) as stage:
        how = conditions(stage, tasks)
        ledger = resume(order.out, tasks, how) if order.resume else Ledger(order.out, tasks, how)
        for name, ids in how["records"].items():
            report(f"{name}: {', '.join(ids)}")
        plan = Plan(stage.specs, tasks, order.rounds)
        run(stage.browser, plan, ledger, _Teller(len(plan.missing(ledger.done())), report))
        ledger.write()
    return ledger.report()


class _Teller:
    """Says after each document what was measured and how much is left."""

    def __init__(self, total: int, report: Report) -> None:
        self.total = total
        self.done = 0
        self.report = report

    def __call__(self, number: int, task: Task, answers: Mapping[str, Answer]) -> None:
        self.done += 1
        shown = ", ".join(f"{name} {_shown(answer)}" for name, answer in answers.items())
        self.report(f"[{self.done}/{self.total}] round {number}, {task.set} {task.id}: {shown}")


def _shown(answer: Answer) -> str:
    if isinstance(answer, Failure):
        return f"failed ({answer.code}: {answer.message})"
    return f"{answer.ms / 1000:.2f} s{' (cut)' if answer.cut else ''}"
