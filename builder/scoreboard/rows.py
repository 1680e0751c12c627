"""The rows of the scoreboard: who answers, and what decides the answers.

A row's identity is a text that changes whenever its answers could: the version of the bundle that it asks,
the built engine, what is left out of it. A cell that was measured under the same identity is not measured
again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from builder.evaluate.hosting import WEB
from builder.evaluate.rebundle import read_manifest
from builder.evaluate.running import Engine, Part, running
from builder.scoreboard.weights import made_bundle

PACKAGE = Path(__file__).parents[1]
# Chunks of the built app that no engine loads.
PAGE_ONLY = "index-"


@dataclass(frozen=True)
class Context:
    """What every row works on: the bundle under test, a folder for bundles made for a row, whom to tell."""

    bundle: Path
    made: Path
    report: Callable[[str], None]


class Row(Protocol):
    """A line of the table."""

    @property
    def title(self) -> str:
        """As it stands in the table."""

    def identity(self, context: Context) -> str:
        """What decides its answers; makes the weights that it asks, where they are not there."""

    def open(self, context: Context) -> AbstractContextManager[Engine]:
        """Somebody to ask, for as long as a block runs."""


@dataclass(frozen=True)
class Ours:
    """The engine in the browser, without some parts, on the bundle under test or on one made for the row."""

    title: str
    without: tuple[Part, ...] = ()
    weights: str | None = None

    def identity(self, context: Context) -> str:
        """The bundle's version, the built engine, the parts left out."""
        version = read_manifest(self._bundle(context)).version
        return json.dumps([version, engine_digest(WEB), *self.without])

    def open(self, context: Context) -> AbstractContextManager[Engine]:
        """The engine."""
        return running("browser", self._bundle(context), self.without)

    def _bundle(self, context: Context) -> Path:
        if self.weights is None:
            return context.bundle
        return made_bundle(self.weights, context.bundle, context.made, context.report)


@dataclass(frozen=True)
class Peer:
    """transformers.js on the weights of the bundle under test."""

    title: str

    def identity(self, context: Context) -> str:
        """The bundle's version, the peer's package and page, the words around a document."""
        pages = (PACKAGE / "bench" / "peers").glob("*.js*")
        return json.dumps(
            [read_manifest(context.bundle).version, digest_of([*pages, PACKAGE / "bench" / "tasks.py"])]
        )

    def open(self, context: Context) -> AbstractContextManager[Engine]:
        """The peer's page."""
        from builder.scoreboard.peer import open_peer

        return open_peer(context.bundle, context.report)


@dataclass(frozen=True)
class Rules:
    """Regular expressions and heuristics."""

    title: str

    def identity(self, context: Context) -> str:
        """The rules themselves."""
        return digest_of([PACKAGE / "evaluate" / "baseline.py"])

    def open(self, context: Context) -> AbstractContextManager[Engine]:
        """The rules."""
        return running("baseline", context.bundle)


WHOLE, UNDRAFTED = "excerpt", "no-drafts"
# In the order of the table.
ROWS: dict[str, Row] = {
    "rules": Rules("regular expressions and heuristics"),
    "untuned": Ours("Excerpt, model as it came, int8", weights="untuned"),
    "transformers.js": Peer("transformers.js + structured output, tuned, int8"),
    "float32": Ours("Excerpt, tuned, float32", weights="float32"),
    WHOLE: Ours("Excerpt, tuned, int8"),
    "no-grounding": Ours("… grounding off", ("grounding",)),
    "no-threshold": Ours("… null threshold off", ("calibration",)),
    UNDRAFTED: Ours("… drafts off", ("drafts",)),
}


def engine_digest(web: Path) -> str:
    """A hash over the built engine: the names of its chunks say what is in them."""
    chunks = sorted(path.name for path in (web / "assets").glob("*") if not path.name.startswith(PAGE_ONLY))
    return hashlib.sha256("\n".join(chunks).encode()).hexdigest()[:16]


def digest_of(paths: Iterable[Path]) -> str:
    """A hash over files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
