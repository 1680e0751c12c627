"""The curve of a run: one point a step, kept as CSV, summarised as JSON, drawn as SVG."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

WIDTH, HEIGHT, MARGIN = 720, 300, 40
SMOOTHING = 0.9


@dataclass(frozen=True)
class Point:
    """One step: the mean loss of its targets, its learning rate, what it read and how long it took."""

    step: int
    loss: float
    learning_rate: float
    documents: int
    tokens: int
    seconds: float


def to_csv(points: Sequence[Point]) -> str:
    """The points as CSV with a head line."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Point)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {
            **asdict(point),
            "loss": f"{point.loss:.5f}",
            "learning_rate": f"{point.learning_rate:.3e}",
            "seconds": f"{point.seconds:.2f}",
        }
        for point in points
    )
    return out.getvalue()


def smooth(losses: Sequence[float]) -> list[float]:
    """The exponential average of the losses, without its early bias."""
    average, smoothed = 0.0, []
    for count, loss in enumerate(losses, start=1):
        average = SMOOTHING * average + (1 - SMOOTHING) * loss
        smoothed.append(average / (1 - SMOOTHING**count))
    return smoothed


def to_svg(points: Sequence[Point]) -> str:
    """The loss over the steps, each one a dot, and their average as a line."""
    losses = [point.loss for point in points] or [0.0]
    top = max(losses) or 1.0
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="1"/>' for x, y in placed(losses, top))
    line = " ".join(f"{x},{y}" for x, y in placed(smooth(losses), top))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">\n'
        f'<g fill="#b9c4d0">{dots}</g>\n'
        f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>\n'
        f'<text x="4" y="{MARGIN}">{top:.2f}</text><text x="4" y="{HEIGHT - MARGIN}">0</text>'
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 12}" text-anchor="end">step {len(points)}</text>'
        f'<text x="{MARGIN}" y="20">Loss on chosen tokens</text>\n</svg>\n'
    )


def placed(values: Sequence[float], top: float) -> list[tuple[float, float]]:
    """The values as points of the picture."""
    across = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
    return [
        (round(MARGIN + index * across, 1), round(HEIGHT - MARGIN - value / top * (HEIGHT - 2 * MARGIN), 1))
        for index, value in enumerate(values)
    ]
