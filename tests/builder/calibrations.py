"""A calibration as `excerpt calibrate` writes one."""

from __future__ import annotations

from builder.bundle.calibration import KINDS, Calibration, ConfidenceMap, ConfidenceMaps, Fitted


def some_calibration(weights: str = "1" * 16, threshold: float = 0.4) -> Calibration:
    maps = ConfidenceMaps(ConfidenceMap(0.8, -0.5), ConfidenceMap(1.5, 0.25))
    return Calibration(
        dict.fromkeys(KINDS, threshold),
        dict.fromkeys(KINDS, maps),
        Fitted("2024-02-29", "0" * 64, weights, 300, 2000),
    )
