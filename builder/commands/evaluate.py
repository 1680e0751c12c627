"""`excerpt eval`: scores the engine, in a real browser, on records with gold answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from builder.commands.console import wide_console
from builder.commands.names import Names
from builder.commands.options import CACHE, EVAL_SETS, bundle_option
from builder.evaluate.running import ENGINES, PARTS, Part, ask, running
from builder.scoreboard import NAMES

if TYPE_CHECKING:
    from rich.console import Console

    from builder.evaluate.browser import Conditions

FOLDER = CACHE / "eval"
# What the scoreboard is filled with where no FILE is given.
SETS = ("snips", "usaddress", "anystyle", "sroie", "crossner")
# Options that mean nothing in a mode.
IDLE = {
    "files": ("verbose", "rows"),
    "presets": ("rows", "files", "record"),
    "scoreboard": ("verbose", "engine", "without", "record"),
}


@click.command(name="eval")
@click.argument(
    "files", nargs=-1, metavar="[FILE.jsonl…]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--presets", is_flag=True, help="Score the page's presets on their own documents instead.")
@click.option("--scoreboard", is_flag=True, help="Fill the scoreboard instead: every row on every FILE.")
@click.option(
    "--rows",
    type=Names(NAMES),
    default=",".join(NAMES),
    help="With --scoreboard: only these rows.",
)
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
    f"[default for --presets and --scoreboard: a file of that name in {FOLDER}]",
)
@click.option(
    "--record",
    is_flag=True,
    help="Keep the scores beside the bundle's recipe too, where the build finds them.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Take only the first N records of each file.")
@click.option("--verbose", is_flag=True, help="With --presets: show the values of wrong fields too.")
@bundle_option("The bundle to evaluate.")
def command(
    presets: bool,
    scoreboard: bool,
    out: Path | None,
    **choice: Any,  # noqa: ANN401 (click's own values)
) -> None:
    """Score the engine on FILEs of records and write a report.

    A record is a JSON object a line: id, text, schema and gold. A record that fails (a schema the engine
    refuses, a crash) is counted in every measure and named at the end; the run goes on.

    With --presets the ten documents of each preset in tests/presets are scored field by field; wrong ones are
    named. Fails where fewer are right than tests/presets/ratchet.json holds.

    With --scoreboard the engine stands beside the engine without one of its parts, other weights, a peer and
    rules. What was measured is kept beside the report and not measured again for the same bundle, engine and
    records, so a run may be stopped. Fails where drafts change an output. Without FILEs the records are those
    of ../shared/eval.
    """
    modes: dict[str, Callable[..., None]] = {
        "files": _score_files,
        "presets": _score_presets,
        "scoreboard": _fill_scoreboard,
    }
    mode = _mode(presets, scoreboard, bool(choice["files"]))
    if mode == "files" and out is None:
        raise click.UsageError("--out must name the report")
    meant = {name: value for name, value in choice.items() if name not in IDLE[mode]}
    modes[mode](out=out or FOLDER / f"{mode}.json", **meant)


def _mode(presets: bool, scoreboard: bool, files: bool) -> str:
    """What is wanted. Raises UsageError for two things at once, for nothing, and for an idle option."""
    if presets == (scoreboard or files):
        raise click.UsageError("give FILEs of records, --scoreboard with or without them, or --presets")
    mode = "presets" if presets else "scoreboard" if scoreboard else "files"
    given = click.get_current_context().get_parameter_source
    for name in IDLE[mode]:
        if given(name) is not ParameterSource.DEFAULT:
            raise click.UsageError(f"--{name} has no meaning here")
    return mode


def _score_files(
    *,
    files: tuple[Path, ...],
    out: Path,
    engine: str,
    without: tuple[Part, ...],
    limit: int | None,
    bundle: Path,
    record: bool,
) -> None:
    from builder.evaluate.recording import keep_scores
    from builder.evaluate.records import read_sets
    from builder.evaluate.report import build_markdown, build_report, build_table, failures, score

    if record and (engine != "browser" or without):
        raise click.UsageError("--record keeps what the whole engine does: leave out --engine and --without")
    sets = read_sets(list(files), limit)
    console = wide_console()
    with running(engine, bundle, without) as asked:
        answers = ask(asked, sets, console)
        conditions = asked.conditions
    report = build_report([score(one, given) for one, given in zip(sets, answers, strict=True)], conditions)
    report["conditions"]["without"] = sorted(set(without))
    _write(out, report, build_markdown(report))
    console.print(build_table(report))
    _print_conditions(console, conditions)
    if record:
        console.print(f"Scores: {keep_scores(report, bundle)}", highlight=False)
    for line in failures(report):
        click.echo(line, err=True)
    console.print(f"Report: {out}", highlight=False)


def _score_presets(
    *,
    out: Path,
    engine: str,
    without: tuple[Part, ...],
    limit: int | None,
    bundle: Path,
    verbose: bool,
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
    report["conditions"]["without"] = sorted(set(without))
    table = build_markdown(report)
    _write(out, report, table)
    for line in complaints(report, verbose):
        click.echo(line)
    whole = report["all"]
    click.echo(f"{table}{whole['right']} of {whole['fields']} fields are right\nReport: {out}")
    if engine == "browser" and not without and (lower := below_ratchet(report)):
        raise RatchetError(lower, "mend what made it worse; --verbose shows the wrong values")


def _fill_scoreboard(
    *, files: tuple[Path, ...], out: Path, rows: tuple[str, ...], limit: int | None, bundle: Path
) -> None:
    from builder.evaluate.records import read_sets
    from builder.scoreboard.board import board_report, check_drafts, fill_row
    from builder.scoreboard.rows import ROWS, Context
    from builder.scoreboard.table import board_table

    sets = read_sets(list(files) or [EVAL_SETS / f"{name}.jsonl" for name in SETS], limit)
    context = Context(bundle, out.parent / "bundles", lambda said: click.echo(said, err=True))
    cells = {}
    for name in rows:
        click.echo(f"{name}: {ROWS[name].title}", err=True)
        cells[name] = fill_row(name, ROWS[name], sets, context, out.parent / "cells")
        report = board_report(cells, {name: ROWS[name].title for name in cells})
        _write(out, report, board_table(report))
    click.echo(f"{board_table(report)}Report: {out}")
    same = check_drafts(cells)
    if same is not None:
        click.echo(f"With and without drafts: the same output for all {same} records")


def _write(out: Path, report: dict[str, Any], table: str) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    out.with_suffix(".md").write_text(table, encoding="utf-8")


def _print_conditions(console: Console, how: Conditions) -> None:
    console.print(
        f"{how.model} {how.bundle_version[:12]} ({how.variant}), {how.browser}, "
        f"{how.threads} threads on {how.cores} cores",
        highlight=False,
    )
