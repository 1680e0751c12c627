"""The tab in which growth is measured: Excerpt as it is served, and room for workers of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from builder.bench.memory import Renderers
from builder.bench.rounds import open_system
from builder.bench.stage import Report, conditions, staged
from builder.bench.systems import System

SCRIPT = Path(__file__).with_name("page.js")


@contextmanager
def growth_tab(bundle: Path, report: Report) -> Iterator[tuple[System, dict[str, Any]]]:
    """The tab, its model loaded, and the circumstances. Raises ExcerptError."""
    with staged(bundle, (), report) as stage:
        [ours] = stage.specs
        spec = replace(ours, scripts=(*ours.scripts, SCRIPT), bypass_csp=True)
        yield open_system(stage.browser, Renderers(stage.browser), spec), conditions(stage, ())
