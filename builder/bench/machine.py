"""What the operating system says of this machine."""

from __future__ import annotations

import os
import platform
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")


def load_average() -> list[float]:
    """How many processes wanted a core in the last 1, 5 and 15 minutes."""
    return [round(one, 2) for one in os.getloadavg()]


def processor() -> str:
    """The processor's name as the system gives it."""
    try:
        lines = CPU_INFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")
