"""Finds a Chromium to drive: `EXCERPT_CHROMIUM`, else one on PATH, else Playwright's own download."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from builder.evaluate.errors import BrowserError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium(environ: Mapping[str, str] | None = None) -> Path:
    """The executable of a Chromium, or BrowserError.

    `EXCERPT_CHROMIUM` is taken at its word: when it names no executable that is an error, not a reason
    to use another browser.
    """
    environ = os.environ if environ is None else environ
    wanted = environ.get("EXCERPT_CHROMIUM")
    if wanted:
        return _named(wanted)
    on_path = (shutil.which(name, path=environ.get("PATH")) for name in NAMES)
    found = next((Path(name) for name in on_path if name), None) or _downloaded()
    if found is None:
        raise BrowserError(
            f"no Chromium on PATH (looked for {', '.join(NAMES)}) and none downloaded by Playwright",
            "install one, or set EXCERPT_CHROMIUM to its executable",
        )
    return found


def _named(wanted: str) -> Path:
    if shutil.which(wanted) is None:
        raise BrowserError(
            f"EXCERPT_CHROMIUM is {wanted!r}, which is no executable",
            "correct it, or unset it to search PATH",
        )
    return Path(wanted)


def _downloaded() -> Path | None:
    """The browser that `playwright install chromium` downloads, where it is installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None
