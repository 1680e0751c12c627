"""Phrases by language, from the tables in the folder `phrases`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .scene import Scene

Phrases = Mapping[str, Mapping[str, Sequence[str]]]


@cache
def phrases(name: str) -> Phrases:
    """The table of a name: the phrases of each kind by language."""
    return tomllib.loads((files(__package__) / "phrases" / f"{name}.toml").read_text(encoding="utf-8"))


def phrase(scene: Scene, table: Phrases, key: str) -> str:
    """One phrase of a kind in the language of the labels, an English one where the table has none."""
    return scene.pick(*(table.get(scene.labels_in, {}).get(key) or table["en"][key]))
