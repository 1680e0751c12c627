"""The memory of the process behind a page: which process that is, and its peak."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, CDPSession

PROC = Path("/proc")
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
# What /proc/PID/clear_refs takes to set the peak back to what is resident now.
FORGET_PEAK = "5"

Result = TypeVar("Result")


class Renderers:
    """The renderer processes of a browser, told apart by who works."""

    def __init__(self, browser: Browser) -> None:
        """Opens a session with the browser itself."""
        self._session: CDPSession = browser.new_browser_cdp_session()

    def working(self, work: Callable[[], Result]) -> tuple[Result, int]:
        """Does `work` in one page while the others rest; gives its result and that page's process.

        Nothing in the browser names the process of a page, but starting a model keeps its process busier
        than any other.
        """
        before = self._seconds()
        result = work()
        after = self._seconds()
        return result, max(after, key=lambda pid: after[pid] - before.get(pid, 0.0))

    def _seconds(self) -> dict[int, float]:
        processes = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return {one["id"]: one["cpuTime"] for one in processes if one["type"] == "renderer"}


def peak_bytes(pid: int) -> int | None:
    """The most memory that a process held at once; None where the system does not tell."""
    try:
        status = (PROC / str(pid) / "status").read_text(encoding="ascii")
    except OSError:
        return None
    found = PEAK.search(status)
    return int(found[1]) * 1024 if found else None


def forget_peak(pid: int) -> bool:
    """Let the peak begin anew; False where the system does not allow it."""
    try:
        (PROC / str(pid) / "clear_refs").write_text(FORGET_PEAK, encoding="ascii")
    except OSError:
        return False
    return True
