"""Fills the cells of the scoreboard that are missing, and puts the report together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from builder.evaluate.records import RecordSet
from builder.evaluate.report import measured
from builder.evaluate.running import ask
from builder.scoreboard.cells import Cell, cell_path, count, read_cell, write_cell
from builder.scoreboard.errors import ScoreboardError
from builder.scoreboard.rows import UNDRAFTED, WHOLE, Context, Row

Report = dict[str, Any]


def fill_row(name: str, row: Row, sets: Sequence[RecordSet], context: Context, folder: Path) -> list[Cell]:
    """A row's cells, those that are missing measured and kept; who answers is only started where one is."""
    identity = row.identity(context)
    places = [cell_path(folder, name, identity, one) for one in sets]
    found = [read_cell(place) for place in places]
    missing = [pair for pair, cell in zip(zip(sets, places, strict=True), found, strict=True) if cell is None]
    if missing:
        with row.open(context) as engine:
            for one, place in missing:
                [answers] = ask(engine, [one], Console(stderr=True))
                how = engine.conditions
                write_cell(place, Cell(name, one.name, how.browser, how.threads, count(one, answers)))
    cells = [read_cell(place) for place in places]
    return [cell for cell in cells if cell is not None]


def board_report(cells: Mapping[str, Sequence[Cell]], titles: Mapping[str, str]) -> Report:
    """Every row's measures for each set and on average, with 95 % intervals. The cells hold no document."""
    return {"rows": {name: {"title": titles[name]} | row_report(row) for name, row in cells.items()}}


def row_report(cells: Sequence[Cell]) -> Report:
    """One row: a set's measures and the macro average over sets."""
    tallies = [[one.tally for one in cell.records] for cell in cells]
    each, average = measured(tallies, [[one.judged for one in cell.records] for cell in cells])
    times = [one.ms for cell in cells for one in cell.records if one.ms is not None]
    return {
        "conditions": {"browser": cells[0].browser, "threads": cells[0].threads},
        "sets": {
            cell.set: {"records": len(cell.records), "failed": failed(cell)} | measures
            for cell, measures in zip(cells, each, strict=True)
        },
        "macro": average,
        "ms": round(median(times), 1) if times else None,
    }


def failed(cell: Cell) -> dict[str, str]:
    """Why records have no answer, by their ids."""
    return {one.id: one.failure for one in cell.records if one.failure is not None}


def check_drafts(cells: Mapping[str, Sequence[Cell]]) -> int | None:
    """How many records have the same output with and without drafts; None where one of the rows is missing.

    Raises ScoreboardError, naming them, where some have not.
    """
    if WHOLE not in cells or UNDRAFTED not in cells:
        return None
    with_drafts, without = (
        {(cell.set, one.id): (one.output, one.failure) for cell in cells[name] for one in cell.records}
        for name in (WHOLE, UNDRAFTED)
    )
    if differing := [key for key, answer in with_drafts.items() if without.get(key) != answer]:
        named = ", ".join(record for _, record in differing[:5])
        raise ScoreboardError(
            f"drafts changed {len(differing)} of {len(with_drafts)} outputs ({named})",
            "this is a defect: report it",
        )
    return len(with_drafts)
