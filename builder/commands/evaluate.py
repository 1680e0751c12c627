"""`excerpt eval`: scores the engine, in a real browser, on records with gold answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from builder.commands.console import wide_console

if TYPE_CHECKING:
    from builder.evaluate.baseline import BaselineEngine
    from builder.evaluate.browser import BrowserEngine
    from builder.evaluate.records import RecordSet
    from builder.evaluate.report import Answer, Report

PARTS = ("drafts", "calibration")


@click.command(name="eval")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE.jsonl…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--engine",
    type=click.Choice(["browser", "baseline"]),
    default="browser",
    show_default=True,
    help="Who answers: the real engine, or regular expressions and heuristics.",
)
@click.option(
    "--without",
    type=click.Choice(PARTS),
    multiple=True,
    help="Leave a part of the engine out: drafts change speed only, calibration decides what is absent.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The report, as JSON; its table as Markdown goes beside it.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Take only the first N records of each file.")
@click.option(
    "--bundle",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("dist/bundle"),
    show_default=True,
    help="The bundle to evaluate.",
)
def command(
    files: tuple[Path, ...],
    engine: str,
    without: tuple[str, ...],
    out: Path,
    limit: int | None,
    bundle: Path,
) -> None:
    """Score the engine on FILEs of records and write a report.

    A record is a JSON object a line: id, text, schema and gold. A record that fails (a schema the engine
    refuses, a crash) is counted in every measure and named at the end; the run goes on.
    """
    from builder.evaluate.records import read_sets
    from builder.evaluate.report import build_markdown, build_report, score

    sets = read_sets(list(files), limit)
    console = wide_console()
    with _running(engine, bundle, without) as running:
        answers = _ask(running, sets, console)
        conditions = running.conditions
    report = build_report([score(one, given) for one, given in zip(sets, answers, strict=True)], conditions)
    report["conditions"]["without"] = sorted(set(without))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    out.with_suffix(".md").write_text(build_markdown(report), encoding="utf-8")
    _print(console, report, out)


@contextmanager
def _running(engine: str, bundle: Path, without: tuple[str, ...]) -> Iterator[BrowserEngine | BaselineEngine]:
    if engine == "baseline":
        from builder.evaluate.baseline import BaselineEngine

        yield BaselineEngine()
        return
    from builder.evaluate.browser import open_engine
    from builder.evaluate.hosting import host
    from builder.evaluate.rebundle import recalibrated

    asked = recalibrated(bundle, None) if "calibration" in without else nullcontext(bundle)
    with asked as folder, host(folder) as origin, open_engine(origin, "drafts" not in without) as running:
        yield running


def _ask(
    engine: BrowserEngine | BaselineEngine, sets: list[RecordSet], console: Console
) -> list[list[Answer]]:
    """Every record once, with a bar on a terminal and one line a set elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    answers: list[list[Answer]] = []
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        for one in sets:
            if not console.is_terminal:
                console.print(f"{one.name}: {len(one.records)} records")
            records = progress.track(one.records, description=one.name)
            answers.append([engine.extract(record.id, record.text, record.schema) for record in records])
    return answers


def _print(console: Console, report: Report, out: Path) -> None:
    from builder.evaluate.report import build_table, failures

    how = report["conditions"]
    console.print(build_table(report))
    console.print(
        f"{how['model']} {how['bundle_version'][:12]} ({how['variant']}), {how['browser']}, "
        f"{how['threads']} threads on {how['cores']} cores",
        highlight=False,
    )
    for line in failures(report):
        click.echo(line, err=True)
    console.print(f"Report: {out}", highlight=False)
