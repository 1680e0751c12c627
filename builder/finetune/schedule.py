"""How far a run has come, and the learning rate there.

Progress goes from 0 to 1. With a number of steps every step moves it by the same share. With a time each
step moves it by the share of the remaining time that steps lately took, so a run on a machine that slows
down still ends in time, at rate's end.
"""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from builder.finetune.tuning import OptimiserRecipe

LATELY = 20


class Schedule:
    """Moves progress, by steps or by time."""

    def __init__(
        self, steps: int, seconds: float | None, progress: float = 0.0, step: int = 0, spent: float = 0.0
    ) -> None:
        """Begin anew, or go on where a checkpoint stands."""
        self.steps, self.seconds = steps, seconds
        self.progress, self.step, self.spent = progress, step, spent
        self._lately: deque[float] = deque(maxlen=LATELY)

    @property
    def done(self) -> bool:
        """Whether the run is over."""
        return self.remaining == 0

    @property
    def pace(self) -> float | None:
        """Seconds that a step lately took, in the median."""
        return median(self._lately) if self._lately else None

    @property
    def remaining(self) -> int:
        """The steps still to go, as far as can be told."""
        if self.seconds is None:
            return max(0, self.steps - self.step)
        left = self.seconds - self.spent
        if self.pace is None:
            return self.steps if left > 0 else 0
        return max(0, math.floor(left / self.pace))

    def moved(self, seconds: float) -> None:
        """A step is over and took so long."""
        remaining = max(1, self.remaining)
        self._lately.append(seconds)
        self.step, self.spent = self.step + 1, self.spent + seconds
        self.progress += (1 - self.progress) / remaining

    def lost(self, seconds: float) -> None:
        """Time went into something else than a step."""
        self.spent += seconds


def learning_rate(progress: float, recipe: OptimiserRecipe) -> float:
    """Linear warm-up, then a cosine down to `final_share` of the full rate."""
    if progress < recipe.warm_up:
        return recipe.learning_rate * (progress + 0.01) / (recipe.warm_up + 0.01)
    cosine = 0.5 * (1 + math.cos(math.pi * (progress - recipe.warm_up) / max(1e-9, 1 - recipe.warm_up)))
    return recipe.learning_rate * (recipe.final_share + (1 - recipe.final_share) * cosine)
