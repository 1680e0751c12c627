"""Options that several commands have, and where things lie when none is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

BUNDLE = Path("dist/bundle")
CACHE = Path(".cache")
EVAL_SETS = Path("../shared/eval")
TRAINING_SETS = Path("../shared/train")
WEB = Path("web/dist")

FOLDER = click.Path(file_okay=False, path_type=Path)
FOLDER_THERE = click.Path(exists=True, file_okay=False, path_type=Path)

Command = Callable[..., Any]
Option = Callable[[Command], Command]


def bundle_option(help_text: str) -> Option:
    """`--bundle`, a bundle that has been built."""
    return click.option("--bundle", type=FOLDER_THERE, default=BUNDLE, show_default=True, help=help_text)


def data_option(help_text: str) -> Option:
    """`--data`, the sets that a tuning learns from."""
    return click.option("--data", type=FOLDER_THERE, default=TRAINING_SETS, show_default=True, help=help_text)


def recipe_option(what: str, default: str, names: Sequence[str]) -> Option:
    """`--recipe`, of a bundle or of a run; the command is given it as `recipe_name`."""
    return click.option(
        "--recipe",
        "recipe_name",
        default=default,
        show_default=True,
        metavar="NAME|PATH",
        help=f"{what} by name ({', '.join(names)}) or the path of a .toml file.",
    )
