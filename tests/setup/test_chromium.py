"""The finder as a process, with browsers that are shell scripts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FINDER = Path(__file__).with_name("chromium.py")


def browser(folder: Path, name: str, status: int) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho 'Chromium 1.0'\nexit {status}\n")
    path.chmod(0o755)
    return path


def find(**environ: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "EXCERPT_CHROMIUM"}
    return subprocess.run(
        [sys.executable, str(FINDER)],
        env={**inherited, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_one_that_is_named(tmp_path: Path) -> None:
    named = browser(tmp_path, "mine", 0)
    found = find(EXCERPT_CHROMIUM=str(named))
    assert (found.returncode, found.stdout) == (0, f"{named}\n")


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_the_one_on_path(tmp_path: Path, name: str) -> None:
    found = find(PATH=str(browser(tmp_path, name, 0).parent))
    assert (found.returncode, found.stdout) == (0, f"{tmp_path / name}\n")


def test_a_named_one_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    found = find(EXCERPT_CHROMIUM=str(browser(tmp_path, "mine", 1)))
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("error: EXCERPT_CHROMIUM")
    assert found.stderr.count("\n") == 1
