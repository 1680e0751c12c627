"""`excerpt bench`: Excerpt beside its peers in one browser, and how its own cost grows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from builder.bench.turns import PEERS, SETS
from builder.commands.names import Names
from builder.commands.options import CACHE, EVAL_SETS, FOLDER, bundle_option

OUT = CACHE / "bench" / "report.json"
GROWTH_OUT = CACHE / "bench" / "growth.json"
CONSOLE = "-"
# What only makes sense beside peers.
BESIDE_PEERS = ("documents", "only", "peers", "resume")


@click.command(name="bench")
@click.pass_context
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True, help="How many rounds.")
@click.option("--documents", type=click.IntRange(min=1), default=20, show_default=True, help="Of each set.")
@click.option("--only", type=Names(SETS), default=",".join(SETS), help="Only these sets of documents.")
@click.option("--peers", type=Names(PEERS), default=",".join(PEERS), help="Only these peers.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help=f"The report, as JSON.  [default: {OUT}]"
)
@click.option("--resume", is_flag=True, help="Go on with the report that --out names.")
@click.option(
    "--table",
    is_flag=False,
    flag_value=CONSOLE,
    metavar="[FILE]",
    help="Write the Markdown table too; without FILE print it.",
)
@click.option("--growth", is_flag=True, help="Measure how our own cost grows instead; starts no peer.")
@click.option(
    "--records", type=FOLDER, default=EVAL_SETS, show_default=True, help="The folder of the records."
)
@bundle_option("The bundle to measure.")
def command(
    ctx: click.Context,
    /,
    *,
    growth: bool,
    out: Path | None,
    table: str | None,
    **choice: Any,  # noqa: ANN401 (click's own values)
) -> None:
    """Run Excerpt and its peers side by side in one Chromium and write a report.

    The peers are transformers.js with its structured-output package, on the very weights of the bundle, and
    wllama with a JSON schema, on the checkpoint that the bundle was made from. The first run installs them:
    495 MB of npm packages in .cache/bench, which the product itself has no use for.

    A round runs every system on every document, in alternation. With the defaults that takes hours on two
    cores. The report is written after every turn: Ctrl-C keeps it, --resume goes on with it. Fewer
    --documents are the first of the same choice.

    With --growth Excerpt alone is measured, against the length of the text and the number of fields.
    """
    if growth:
        for name in BESIDE_PEERS:
            if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT:
                raise click.UsageError(f"--growth starts no peer, so --{name} has no meaning beside it")
        written = _grow(out or GROWTH_OUT, **choice)
    else:
        written = _compare(out or OUT, **choice)
    if table == CONSOLE:
        click.echo(f"\n{written}")
    elif table is not None:
        Path(table).write_text(written, encoding="utf-8")


def _compare(out: Path, **choice: Any) -> str:  # noqa: ANN401 (click's own values)
    """The comparison; gives its table."""
    from builder.bench.compare import Order, compare
    from builder.bench.table import bench_table

    order = Order(out=out, **choice)
    try:
        report = compare(order, click.echo)
    except KeyboardInterrupt:
        click.echo(f"Stopped. What was measured is in {out}; --resume goes on with it.", err=True)
        raise
    click.echo(f"Report: {out}")
    return bench_table(report)


def _grow(out: Path, **choice: Any) -> str:  # noqa: ANN401 (click's own values)
    """The growth of our own cost; gives its tables."""
    from builder.bench.growth.measure import grow
    from builder.bench.growth.table import growth_table

    report = grow(choice["bundle"], choice["records"], choice["rounds"], out, click.echo)
    click.echo(f"Report: {out}")
    return growth_table(report)
