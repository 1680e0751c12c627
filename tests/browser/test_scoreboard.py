"""The scoreboard as a person fills it, on random weights: every row of ours in a real browser, and kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.browser.engine import DOCUMENTS, read_case

ROWS = ("rules", "untuned", "float32", "excerpt", "no-grounding", "no-drafts")


def scoreboard(records: Path, out: Path, bundle: Path) -> str:
    excerpt = Path(sys.executable).with_name("excerpt")
    options = ["--scoreboard", "--rows", ",".join(ROWS), "--out", out, "--bundle", bundle]
    command = [str(part) for part in (excerpt, "eval", records, *options)]
    done = subprocess.run(command, cwd=DOCUMENTS.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_row_of_ours_is_filled_once(tiny_bundle: Path, tmp_path: Path) -> None:
    case = read_case("receipt")
    record = {"id": "a", "text": case.text, "schema": case.schema, "gold": {"total": "13,90"}}
    records, out = tmp_path / "own.jsonl", tmp_path / "board.json"
    records.write_text(json.dumps(record) + "\n", encoding="utf-8")
    said = scoreboard(records, out, tiny_bundle)
    assert "the same output for all 1 records" in said

    rows = json.loads(out.read_text(encoding="utf-8"))["rows"]
    assert tuple(rows) == ROWS
    measured = {name: row["sets"]["own"] for name, row in rows.items()}
    assert {name: one["failed"] for name, one in measured.items() if one["failed"]} == {}
    assert {one["validity"] for one in measured.values()} == {1.0}
    held = {name: one["grounding"] for name, one in measured.items()}
    assert held["excerpt"] == held["untuned"] == held["float32"] == 1.0
    assert held["no-grounding"] is not None and held["no-grounding"] < 1.0

    cells = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cells").iterdir()}
    assert len(cells) == len(ROWS)
    assert scoreboard(records, out, tiny_bundle) == said
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "cells").iterdir()} == cells
