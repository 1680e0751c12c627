"""Puts a finished run in place: its adapter beside the recipes, its hash into the recipe (`make adapter`).

The run's folder keeps its checkpoint; what is copied is small and belongs into the repository.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import click
import torch

from builder.errors import ExcerptError
from builder.export.adapter import CONFIG, DESCRIPTION, MADE_FOR, WEIGHTS
from builder.finetune.checkpoint import FILE
from builder.finetune.errors import FinetuneError
from builder.finetune.export import CARD, CURVE_CSV, CURVE_SVG
from builder.recipe import DEFAULT_RECIPE, RECIPES, basis, load_recipe, parse_recipe
from builder.sources import sha256_of

FILES = (WEIGHTS, CONFIG, DESCRIPTION, CURVE_CSV, CURVE_SVG, CARD)
TABLE = re.compile(r"^\[adapter\]\n(?:[^\[\n].*\n|\n)*", re.MULTILINE)
PROMPT = re.compile(r"^\[prompt\]\n", re.MULTILINE)


def install(run: Path, recipe: Path) -> Path:
    """Copy a run's adapter to `adapters/<name>` beside the recipe's folder and pin it in the recipe.

    The folder that the adapter now lies in. Raises FinetuneError for a run that is not finished, RecipeError
    for a recipe that cannot hold the pin.
    """
    if missing := [name for name in FILES if not (run / name).is_file()]:
        raise FinetuneError(
            f"{run} has no {missing[0]}", "let `excerpt finetune` come to its end (--resume goes on)"
        )
    described = completed(run, recipe)
    folder = recipe.parent.parent / "adapters" / recipe.stem
    text = pinned(recipe.read_text(encoding="utf-8"), f"../adapters/{recipe.stem}", sha256_of(run / WEIGHTS))
    parse_recipe(text, str(recipe))
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(run / name, folder / name)
    (folder / DESCRIPTION).write_text(described, encoding="utf-8")
    recipe.write_text(text, encoding="utf-8")
    return folder


def completed(run: Path, recipe: Path) -> str:
    """The run's description with its basis and its draws, which runs of earlier versions did not record."""
    described: dict[str, Any] = json.loads((run / DESCRIPTION).read_text(encoding="utf-8"))
    if MADE_FOR not in described:
        described[MADE_FOR] = basis(load_recipe(str(recipe)))
    if "drawn" not in described and (run / FILE).is_file():
        described["drawn"] = torch.load(run / FILE, weights_only=True, map_location="cpu")["place"]["drawn"]
    return json.dumps(described, indent=2, sort_keys=True) + "\n"


def pinned(text: str, path: str, sha256: str) -> str:
    """A recipe's text with its table `[adapter]` set, in front of `[prompt]`. Raises FinetuneError."""
    bare = TABLE.sub("", text)
    place = PROMPT.search(bare)
    if place is None:
        raise FinetuneError("the recipe has no table [prompt]", "correct the recipe")
    table = f'[adapter]\npath = "{path}"\nsha256 = "{sha256}"\n\n'
    return bare[: place.start()] + table + bare[place.start() :]


@click.command()
@click.argument(
    "run", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("dist/adapter")
)
@click.option(
    "--recipe",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=RECIPES / f"{DEFAULT_RECIPE}.toml",
    help="The recipe that the adapter is for.",
)
def main(run: Path, recipe: Path) -> None:
    """Put the adapter of RUN, a folder of `excerpt finetune`, in place for a recipe."""
    try:
        folder = install(run, recipe)
    except ExcerptError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The adapter lies in {folder} and is pinned in {recipe}; `excerpt build` merges it")


if __name__ == "__main__":
    main()
