"""`excerpt calibrate`: fit the threshold of absence and the maps of confidence on data not trained on."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from builder.bundle.calibration import Calibration, Fitted
from builder.commands.console import wide_console
from builder.commands.options import bundle_option, data_option, recipe_option
from builder.recipe import DEFAULT_RECIPE, calibration_path, load_recipe, recipe_names, recipe_path

if TYPE_CHECKING:
    from builder.evaluate.calibrating import Kept


@click.command(name="calibrate")
@recipe_option("The recipe of the bundle", DEFAULT_RECIPE, recipe_names())
@data_option("The folder of the .jsonl sets that the tuning drew from.")
@bundle_option("The bundle to ask, built from the recipe.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The calibration.  [default: beside the recipe, where the build finds it]",
)
@click.option(
    "--limit",
    type=click.IntRange(min=20),
    default=320,
    show_default=True,
    help="About how many records to ask; 320 take some minutes.",
)
@click.option(
    "--most-false-fills",
    type=click.FloatRange(0, 1),
    default=0.08,
    show_default=True,
    help="The largest share of absent fields that may be filled.",
)
@click.option("--again", is_flag=True, help="Fit again on what was kept of the last run, without asking.")
def command(
    recipe_name: str,
    data: Path,
    bundle: Path,
    out: Path | None,
    limit: int,
    most_false_fills: float,
    again: bool,
) -> None:
    """Ask the engine in a real browser about records that nothing was tuned on, and fit a calibration.

    The records are of the sets and kinds that the tuning recipe holds out, of the other sets such as the
    tuning never drew, and newly generated ones, a third each. The figures printed come from
    cross-validation. Build the bundle again afterwards.
    """
    from builder.bundle.manifest import weights_digest
    from builder.evaluate.calibrating import keep, kept_for
    from builder.evaluate.fitting import fit
    from builder.evaluate.rebundle import read_manifest

    console = wide_console()
    manifest = read_manifest(bundle)
    weights = weights_digest(manifest.source, manifest.prompt)
    kept = kept_for(weights) if again else _ask(Request(recipe_name, data, limit), bundle, weights, console)
    if not again:
        console.print(f"Observations: {keep(kept)}", highlight=False)
    fitted = Fitted(
        datetime.now(UTC).date().isoformat(), kept.data_sha256, weights, kept.records, len(kept.observations)
    )
    calibration = fit(kept.observations, most_false_fills).noted(fitted)
    out = out or calibration_path(recipe_path(recipe_name))
    out.write_text(
        json.dumps(dataclasses.asdict(calibration), indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
    _print(console, kept, calibration, most_false_fills)
    console.print(f"Wrote {out}; `excerpt build` puts it into the bundle", highlight=False)


@dataclass(frozen=True)
class Request:
    """What to ask about: the recipe, the folder of the sets, about how many records."""

    recipe: str
    data: Path
    limit: int


def _ask(request: Request, bundle: Path, weights: str, console: Console) -> Kept:
    from builder.evaluate.calibrating import ask
    from builder.evaluate.unseen import unseen_records
    from builder.finetune.tuning import DEFAULT, load_tuning

    console.print("Reading the training data")
    unseen = unseen_records(
        request.data, load_tuning(DEFAULT).data, load_recipe(request.recipe), request.limit
    )
    if not unseen.traced:
        console.print("What the adapter was tuned on cannot be told: only held-out sets are asked about")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        records = progress.track(unseen.records, description="Asking")
        return ask(bundle, weights, unseen.sha256, records)


def _print(console: Console, kept: Kept, calibration: Calibration, most_false_fills: float) -> None:
    from builder.evaluate.fitting import NOTHING_FITTED, applied, cross_validated, outcome

    table = Table(title=f"{kept.records} records, {kept.failed} failed", title_justify="left")
    for name in ("", "F1", "false fills", "null recall", "calibration error"):
        table.add_column(name, justify="right" if name else "left")
    before = outcome(applied(kept.observations, NOTHING_FITTED))
    after = cross_validated(kept.observations, most_false_fills)
    for name, measured in (("as it comes", before), ("fitted, cross-validated", after)):
        table.add_row(name, *(_share(value) for value in dataclasses.astuple(measured)))
    console.print(table)
    fields = Counter(one.kind for one in kept.observations)
    absent = Counter(one.kind for one in kept.observations if one.gold == 0)
    for kind, threshold in calibration.null_threshold.items():
        filled = calibration.confidence[kind].filled
        console.print(
            f"{kind}: absent from {threshold:g} on; {fields[kind]} fields, {absent[kind]} absent; confidence "
            f"{filled.slope:g} x {filled.offset:+g}",
            highlight=False,
        )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
