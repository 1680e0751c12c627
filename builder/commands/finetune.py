"""`excerpt finetune`: tune the base model for the engine's branches."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.options import data_option, recipe_option
from builder.finetune.tuning import DEFAULT, load_tuning, recipe_names


@click.command(name="finetune")
@recipe_option("A run's recipe", DEFAULT, recipe_names())
@data_option("The folder of the .jsonl sets.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist/adapter"),
    show_default=True,
    help="Where checkpoint, adapter, card and curve go.",
)
@click.option("--resume", is_flag=True, help="Go on from the checkpoint in --out.")
@click.option(
    "--start",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of an adapter to begin with, as an earlier run left it.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    help="How long to train in all, instead of the recipe's steps.",
)
@click.option("--threads", type=click.IntRange(min=1), help="Processor threads to use.")
def command(
    recipe_name: str,
    data: Path,
    out: Path,
    resume: bool,
    start: Path | None,
    minutes: float | None,
    threads: int | None,
) -> None:
    """Tune the base model on sets of records and generated documents, and export a LoRA adapter.

    Keeps a checkpoint every few minutes and when it is stopped; --resume goes on from there.
    """
    import torch

    from builder.finetune.reporting import reporter
    from builder.finetune.train import Order, finetune
    from builder.pipeline import CACHE

    recipe = load_tuning(recipe_name)
    if threads is not None:
        torch.set_num_threads(threads)
    with reporter() as progress:
        finetune(Order(recipe, data, out, CACHE, resume, minutes, start), progress)
    click.echo(f"Wrote the adapter to {out}")
