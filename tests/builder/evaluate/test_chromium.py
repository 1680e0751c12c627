from pathlib import Path

import pytest

from builder.evaluate.chromium import find_chromium
from builder.evaluate.errors import BrowserError


def executable(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_variable_wins_over_the_path(tmp_path: Path) -> None:
    executable(tmp_path, "chromium")
    chosen = executable(tmp_path, "mine")
    assert find_chromium({"EXCERPT_CHROMIUM": str(chosen), "PATH": str(tmp_path)}) == chosen


def test_a_wrong_variable_is_an_error_not_a_reason_to_look_elsewhere(tmp_path: Path) -> None:
    executable(tmp_path, "chromium")
    with pytest.raises(BrowserError, match="EXCERPT_CHROMIUM is '/nowhere'"):
        find_chromium({"EXCERPT_CHROMIUM": "/nowhere", "PATH": str(tmp_path)})


def test_the_path_is_searched(tmp_path: Path) -> None:
    chosen = executable(tmp_path, "google-chrome")
    assert find_chromium({"PATH": str(tmp_path)}) == chosen
