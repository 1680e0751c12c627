"""`excerpt schemas`: which JSON Schemas the engine can hold an output to, tried on instances."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from builder.commands.options import CACHE, WEB

if TYPE_CHECKING:
    from builder.schemas import Outcome

MEANINGS = {
    "enforced": "compiles; every instance is taken or left rightly",
    "refused": "refused by feature and place",
    "valid_rejected": "a valid instance is out of reach",
    "invalid_accepted": "an invalid instance could be written",
}


@click.command(name="schemas")
@click.argument("file", metavar="FILE.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The report, as JSON.")
def command(file: Path, out: Path | None) -> None:
    """Try the schema compiler on FILE: a record a line, with schema, valid and invalid.

    The instances are read by the machines that values are decoded under, in Node.
    """
    from builder.schemas import build_compiler, build_report, read_records, try_records

    records = read_records(file)
    program = build_compiler(WEB.parent, CACHE)
    console = Console()
    outcomes: list[Outcome] = []
    with console.status(f"Trying {len(records)} schemas"):
        try_records(records, program, report=outcomes.append)
    _print(console, outcomes)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        report = json.dumps(build_report(outcomes), ensure_ascii=False, indent=1)
        out.write_text(report + "\n", encoding="utf-8")
        console.print(f"The report is in {out}")


def _print(console: Console, outcomes: Sequence[Outcome]) -> None:
    from builder.schemas import count

    table = Table("outcome", "schemas", "meaning")
    for name, number in count(outcomes).items():
        table.add_row(name, str(number), MEANINGS[name])
    console.print(table)
    refused = [one for one in outcomes if one.outcome == "refused"]
    for feature, number in Counter(one.feature for one in refused).most_common():
        console.print(f"refused for {feature}: {number}")
    for one in outcomes:
        if one.outcome != "enforced":
            console.print(f"  {one.outcome} {one.id} {one.place or ''}", markup=False)
