"""Keeps what was measured beside the recipe of the bundle that was asked."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

from builder.bundle.manifest import weights_digest
from builder.bundle.scores import Scores, SetScore
from builder.evaluate.rebundle import read_manifest
from builder.evaluate.report import Report
from builder.recipe import recipe_path, scores_path

# A share is told in thousandths: a record more or less moves it by more.
DIGITS = 3


def keep_scores(report: Report, bundle: Path) -> Path:
    """Write a report's scores beside the recipe of its bundle and return the file.

    Raises RecipeError where no recipe that comes with the builder has the bundle's name.
    """
    manifest = read_manifest(bundle)
    path = scores_path(recipe_path(manifest.name))
    scores = scores_of(report, weights_digest(manifest.source, manifest.prompt))
    path.write_text(json.dumps(dataclasses.asdict(scores), indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path


def scores_of(report: Report, weights: str) -> Scores:
    """The scores in a report on these weights; a set without absent fields fills none of them."""
    return Scores(
        date=datetime.now(UTC).date().isoformat(),
        weights=weights,
        variant=report["conditions"]["variant"],
        f1=round(report["macro"]["f1"], DIGITS),
        false_fill=round(report["macro"]["false_fill"] or 0.0, DIGITS),
        sets={
            name: SetScore(entry["records"], round(entry["f1"], DIGITS))
            for name, entry in report["sets"].items()
        },
    )
