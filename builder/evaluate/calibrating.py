"""From a bundle and unseen records to observations, kept in a file so that fitting can be repeated."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.evaluate.browser import Failed, open_engine
from builder.evaluate.errors import RecordsError
from builder.evaluate.hosting import host
from builder.evaluate.observations import Observation, observe, probing
from builder.evaluate.rebundle import recalibrated
from builder.finetune.records import Record
from builder.records import ShapeError, read_record

FOLDER = Path(".cache/calibration")


@dataclass(frozen=True)
class Kept:
    """Observations and where they come from: `weights` names the bundle's weights and prompt."""

    weights: str
    data_sha256: str
    records: int
    failed: int
    observations: tuple[Observation, ...]


def ask(bundle: Path, weights: str, data_sha256: str, records: Iterable[Record]) -> Kept:
    """Ask the engine in a browser about records, absence forbidden; those that it refuses are counted."""
    observations: list[Observation] = []
    asked = failed = 0
    with (
        recalibrated(bundle, probing(weights)) as folder,
        host(folder) as origin,
        open_engine(origin) as engine,
    ):
        for number, record in enumerate(records):
            answer = engine.extract(record.id, record.text, record.schema)
            if isinstance(answer, Failed):
                failed += 1
                continue
            asked += 1
            observations += observe(number, answer.answers, dict(record.gold))
    if not observations:
        raise RecordsError("the engine answered no record", "try `excerpt eval` on one of the sets")
    return Kept(weights, data_sha256, asked, failed, tuple(observations))


def keep(kept: Kept, folder: Path = FOLDER) -> Path:
    """Write observations to a file named by the weights."""
    path = folder / f"{kept.weights}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dataclasses.asdict(kept)) + "\n", encoding="utf-8")
    return path


def kept_for(weights: str, folder: Path = FOLDER) -> Kept:
    """The observations kept for a bundle's weights. Raises RecordsError where there are none."""
    path = folder / f"{weights}.json"
    try:
        return read_record(Kept, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ShapeError, json.JSONDecodeError) as error:
        raise RecordsError(
            f"there are no observations for this bundle in {path}", "run without --again"
        ) from error
