"""Prints the path of a Chromium that starts, installing one if there is none.

In this order: `EXCERPT_CHROMIUM`, one on PATH, Playwright's own download, Debian's package (as root). A
browser counts only if it answers to `--version`: a stub or one without its libraries does not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from builder.evaluate.chromium import find_chromium
from builder.evaluate.errors import BrowserError

DOWNLOAD_SECONDS = 300
PACKAGE_SECONDS = 600
START_SECONDS = 60

ADVICE = """error: no Chromium that starts was found, and none could be installed.
Install one (Debian: as root, apt-get install chromium) or set EXCERPT_CHROMIUM to the path of one."""


def main() -> int:
    """Print the path; 1 if there is no browser to be had."""
    if "EXCERPT_CHROMIUM" in os.environ:
        return _report(_find(), "error: EXCERPT_CHROMIUM names no Chromium that starts; correct or unset it")
    return _report(_find() or _from_playwright() or _from_debian(), ADVICE)


def _report(found: Path | None, error: str) -> int:
    if found is None:
        print(error, file=sys.stderr)
        return 1
    print(found)
    return 0


def _find(environ: Mapping[str, str] = os.environ) -> Path | None:
    """A browser that is there and starts."""
    try:
        found = find_chromium(environ)
    except BrowserError:
        return None
    return found if _starts(found) else None


def _starts(browser: Path) -> bool:
    try:
        subprocess.run([browser, "--version"], capture_output=True, timeout=START_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _from_playwright() -> Path | None:
    print("No Chromium on PATH: trying Playwright's download", file=sys.stderr)
    if not _succeeds([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS):
        return None
    return _find({"PATH": ""})  # one on PATH that does not start must not hide the download


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("Trying Debian's package (apt-get install chromium)", file=sys.stderr)
    install = ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-q"], install):
        if not _succeeds(command, PACKAGE_SECONDS):
            return None
    return _find()


def _succeeds(command: Sequence[str], seconds: int) -> bool:
    """Whether `command` ends well within `seconds`; what it says goes to stderr, as stdout is the answer."""
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=seconds, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(main())
