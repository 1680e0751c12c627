"""`excerpt eval`: scores the engine, in a real browser, on records with gold answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands.console import wide_console
from builder.evaluate.running import ENGINES, PARTS, Part, ask, running

if TYPE_CHECKING:
    from rich.console import Console

    from builder.evaluate.browser import Conditions

FOLDER = Path(".cache/eval")


@click.command(name="eval")
@click.argument(
    "files", nargs=-1, metavar="[FILE.jsonl…]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--presets", is_flag=True, help="Score the page's presets on their own documents instead.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="browser",
    show_default=True,
    help="Who answers: the real engine, or regular expressions and heuristics.",
)
@click.option(
    "--without",
    type=click.Choice(PARTS),
    multiple=True,
    help="Leave a part of the engine out: drafts change speed only, calibration decides what is absent, "
    "grounding holds texts to the document.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The report, as JSON; its table as Markdown goes beside it.  "
    f"[default for --presets: {FOLDER}/presets.json]",
)
@click.option("--limit", type=click.IntRange(min=1), help="Take only the first N records of each file.")
@click.option("--verbose", is_flag=True, help="With --presets: show the values of wrong fields too.")
@click.option(
    "--bundle",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("dist/bundle"),
    show_default=True,
    help="The bundle to evaluate.",
)
def command(
    files: tuple[Path, ...],
    presets: bool,
    out: Path | None,
    verbose: bool,
    without: tuple[Part, ...],
    **choice: Any,  # noqa: ANN401 (click's own values)
) -> None:
    """Score the engine on FILEs of records and write a report.

    A record is a JSON object a line: id, text, schema and gold. A record that fails (a schema the engine
    refuses, a crash) is counted in every measure and named at the end; the run goes on.

    With --presets the ten documents of each preset in tests/presets are scored field by field; wrong ones are
    named. Fails where fewer are right than tests/presets/ratchet.json holds.
    """
    if presets == bool(files):
        raise click.UsageError("give FILEs of records, or --presets without any")
    if presets:
        _score_presets(out or FOLDER / "presets.json", verbose=verbose, without=without, **choice)
        return
    if out is None:
        raise click.UsageError("--out must name the report")
    _score_files(files, out, without=without, **choice)


def _score_files(
    files: tuple[Path, ...],
    out: Path,
    *,
    engine: str,
    without: tuple[Part, ...],
    limit: int | None,
    bundle: Path,
) -> None:
    from builder.evaluate.records import read_sets
    from builder.evaluate.report import build_markdown, build_report, build_table, failures, score

    sets = read_sets(list(files), limit)
    console = wide_console()
    with running(engine, bundle, without) as asked:
        answers = ask(asked, sets, console)
        conditions = asked.conditions
    report = build_report([score(one, given) for one, given in zip(sets, answers, strict=True)], conditions)
    _write(out, report, without, build_markdown(report))
    console.print(build_table(report))
    _print_conditions(console, conditions)
    for line in failures(report):
        click.echo(line, err=True)
    console.print(f"Report: {out}", highlight=False)


def _score_presets(
    out: Path, *, engine: str, without: tuple[Part, ...], limit: int | None, bundle: Path, verbose: bool
) -> None:
    from builder.evaluate.errors import RatchetError
    from builder.evaluate.presets import (
        below_ratchet,
        build_markdown,
        complaints,
        preset_report,
        read_presets,
    )

    sets = read_presets(limit)
    console = wide_console()
    with running(engine, bundle, without) as asked:
        report = preset_report(sets, ask(asked, sets, console), asked.conditions)
        _print_conditions(console, asked.conditions)
    table = build_markdown(report)
    _write(out, report, without, table)
    for line in complaints(report, verbose):
        click.echo(line)
    click.echo(f"{table}Report: {out}")
    if engine == "browser" and not without and (lower := below_ratchet(report)):
        raise RatchetError(lower, "mend what made it worse; --verbose shows the wrong values")


def _write(out: Path, report: dict[str, Any], without: tuple[Part, ...], table: str) -> None:
    report["conditions"]["without"] = sorted(set(without))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    out.with_suffix(".md").write_text(table, encoding="utf-8")


def _print_conditions(console: Console, how: Conditions) -> None:
    console.print(
        f"{how.model} {how.bundle_version[:12]} ({how.variant}), {how.browser}, "
        f"{how.threads} threads on {how.cores} cores",
        highlight=False,
    )
