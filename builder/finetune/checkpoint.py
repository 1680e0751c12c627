"""A run's checkpoint: adapter, optimiser, place in the stream, schedule, curve. A resumed run goes on
exactly."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from builder.finetune.curve import Point
from builder.finetune.errors import FinetuneError
from builder.finetune.model import MasterAdamW

FILE = "checkpoint.pt"


@dataclass(frozen=True)
class Place:
    """Where a run stands. `key` says of which recipe, data and base it is."""

    key: str
    step: int
    progress: float
    spent: float
    drawn: int
    points: tuple[Point, ...]


def save_checkpoint(folder: Path, optimiser: MasterAdamW, place: Place) -> None:
    """Write the checkpoint; the file is replaced only when the new one is whole, and the one before is
    kept."""
    folder.mkdir(parents=True, exist_ok=True)
    path, partial = folder / FILE, folder / f"{FILE}.partial"
    state = {
        "place": {**asdict(place), "points": [asdict(point) for point in place.points]},
        "adapter": optimiser.masters,
        "optimiser": optimiser.inner.state_dict(),
        "random": torch.get_rng_state(),
    }
    torch.save(state, partial)
    if path.is_file():
        shutil.copy(path, folder / f"{FILE}.before")
    partial.replace(path)


def load_checkpoint(folder: Path, optimiser: MasterAdamW, key: str) -> Place:
    """Put a checkpoint's state into the optimiser and its parameters.

    Raises FinetuneError where there is none, where it cannot be read, and where it is of another recipe,
    data or base.
    """
    path = folder / FILE
    if not path.is_file():
        raise FinetuneError(f"{folder} holds no {FILE}", "start without --resume")
    try:
        state: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
    except (OSError, RuntimeError, EOFError, LookupError, ValueError, UnpicklingError) as error:
        raise FinetuneError(
            f"{path} cannot be read ({type(error).__name__})", f"copy {FILE}.before over it"
        ) from error
    place = state["place"]
    if place["key"] != key:
        raise FinetuneError(
            f"{path} is of another recipe, other data or another base", "start in another folder"
        )
    optimiser.restore(state["adapter"], state["optimiser"])
    torch.set_rng_state(state["random"])
    return Place(**{**place, "points": tuple(Point(**point) for point in place["points"])})
