"""`excerpt build`: make a bundle from a recipe."""

from __future__ import annotations

import time
from pathlib import Path

import click
from rich.console import Console

from builder.commands.keys import key_option, signing_key
from builder.recipe import DEFAULT_RECIPE, load_recipe, recipe_names

STATION_COLUMN = 44


@click.command(name="build")
@click.option(
    "--recipe",
    "recipe_name",
    default=DEFAULT_RECIPE,
    show_default=True,
    metavar="NAME|PATH",
    help=f"A recipe by name ({', '.join(recipe_names())}) or the path of a .toml file.",
)
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist/bundle"),
    show_default=True,
    help="The bundle's folder.",
)
@key_option
def command(recipe_name: str, folder: Path, key_path: Path | None) -> None:
    """Build a model bundle: fetch, export, quantise, measure, cut into shards.

    Does nothing when the recipe, the builder and the pinned versions are those of the bundle that lies there.
    """
    from builder.pipeline import build_bundle

    recipe = load_recipe(recipe_name)
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
