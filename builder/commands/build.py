"""`excerpt build`: make a bundle from a recipe."""

from __future__ import annotations

import functools
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from builder.commands.keys import key_option, signing_key
from builder.commands.options import BUNDLE, FOLDER, recipe_option
from builder.licensing import ACCEPT, FREE, license_text, unaccepted
from builder.recipe import (
    DEFAULT_RECIPE,
    Recipe,
    load_recipe,
    recipe_names,
    with_random_weights,
    with_weights,
)
from builder.sources import PathSource

STATION_COLUMN = 44
RANDOM = "random"


def recipe_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose a recipe and its weights; the command is given the `recipe` they come to."""

    @recipe_option("A recipe", DEFAULT_RECIPE, recipe_names())
    @click.option(
        "--weights",
        metavar=f"{RANDOM}|PATH",
        help="Other weights than the recipe's: random ones of the same architecture in full size, which say "
        "nothing sensible but show speed and memory, or a folder with config.json, tokenizer.json and "
        "safetensors, or a .gguf file.",
    )
    @click.option("--seed", type=click.IntRange(0), help=f"Which {RANDOM} weights.  [default: 0]")
    @click.option(
        ACCEPT,
        "--accept-license",
        "accepted",
        is_flag=True,
        help="Accept the model's licence, where it is not a free one. Without this it is shown, and nothing "
        "is fetched.",
    )
    @functools.wraps(command)
    def with_recipe(
        recipe_name: str, weights: str | None, seed: int | None, accepted: bool, **others: object
    ) -> None:
        recipe = load_recipe(recipe_name)
        if not accepted:
            require_free_license(recipe)
        command(recipe=chosen_weights(recipe, weights, seed), **others)

    return with_recipe


def require_free_license(recipe: Recipe) -> None:
    """Show a licence that is not free and raise BuildError; a free one needs nobody's consent."""
    if recipe.license in FREE:
        return
    if recipe.license_file is not None:
        click.echo(license_text(Path(recipe.license_file), recipe.license) + "\n")
    raise unaccepted(recipe.name, recipe.license)


def chosen_weights(recipe: Recipe, weights: str | None, seed: int | None) -> Recipe:
    """The recipe with the weights that were asked for."""
    if seed is not None and weights != RANDOM:
        raise click.UsageError(f"--seed goes with --weights {RANDOM}.")
    if weights is None:
        return recipe
    if weights == RANDOM:
        return with_random_weights(recipe, seed or 0)
    return with_weights(recipe, PathSource("path", str(Path(weights).resolve())))


@click.command(name="build")
@recipe_options
@click.option(
    "--out",
    "folder",
    type=FOLDER,
    default=BUNDLE,
    show_default=True,
    help="The bundle's folder.",
)
@key_option
def command(recipe: Recipe, folder: Path, key_path: Path | None) -> None:
    """Build a model bundle: fetch, export, quantise, measure, cut into shards.

    Does nothing when the recipe, the builder and the pinned versions are those of the bundle that lies there.
    """
    from builder.pipeline import build_bundle

    began = time.monotonic()
    key = signing_key(key_path)
    with StationReport(Console()) as report:
        built = build_bundle(recipe, folder, report.begin, key=key)
    size = sum(entry.bytes for entry in built.manifest.files())
    verb = "Built" if built.fresh else "Nothing to do, there is already"
    click.echo(f"{verb} {recipe.name} {built.manifest.version} in {folder} ({size / 1e6:.1f} MB)")
    for variant in built.manifest.variants:
        figures = ", ".join(f"{name} {value:g}" for name, value in sorted(variant.figures.items()))
        click.echo(
            f"  {variant.name}: {variant.bytes / 1e6:.1f} MB in {len(variant.shards)} shards, {figures}"
        )
    click.echo(f"{time.monotonic() - began:.0f} s, at most {peak_bytes() / 1e9:.1f} GB of memory")


def peak_bytes() -> int:
    """The most memory that this process has held at once."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class StationReport:
    """One line for each station of a build: a spinner while it runs, its time when it is over."""

    def __init__(self, console: Console) -> None:
        """Write to `console`."""
        self.console = console
        self.status = console.status("Starting")
        self.station: str | None = None
        self.began = 0.0

    def __enter__(self) -> StationReport:
        """Show the spinner."""
        if self.console.is_terminal:
            self.status.start()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Close the last station and remove the spinner."""
        if kind is None:
            self.finish()
        self.status.stop()

    def begin(self, station: str) -> None:
        """Close the station before and open another."""
        self.finish()
        self.station, self.began = station, time.monotonic()
        if self.console.is_terminal:
            self.status.update(station)

    def finish(self) -> None:
        """Print the open station's line."""
        if self.station is not None:
            self.console.print(
                f"{self.station:<{STATION_COLUMN}} {time.monotonic() - self.began:5.1f} s", highlight=False
            )
        self.station = None
