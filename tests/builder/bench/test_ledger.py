from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder.bench.errors import BenchError
from builder.bench.figures import Peak
from builder.bench.ledger import FIXED, Ledger, resume
from tests.builder.bench.turns import failed, task, turn

TASKS = [task("a"), task("b")]


def conditions(**changed: object) -> dict[str, Any]:
    how = {name: name for name in FIXED} | {"started": "2024-01-01", "load_average": [[0.1, 0.2, 0.3]]}
    return how | changed


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.json"
    first = Ledger(path, TASKS, conditions())
    first.add([turn("excerpt", "a", 0, 900), turn("excerpt", "a", 1, 100)])
    first.add([failed("wllama", "a", 1)])
    first.end_set([Peak("sroie", "excerpt", 5)])

    again = resume(path, TASKS, conditions(started="2024-01-02", load_average=[[9.0, 9.0, 9.0]]))
    assert again.turns == first.turns
    assert again.peaks == first.peaks
    assert again.done() == {("sroie", "a", "excerpt", 1), ("sroie", "a", "wllama", 1)}
    assert again.conditions["started"] == "2024-01-01"
    assert [again.conditions["load_average"][place] for place in (0, -1)] == [
        [0.1, 0.2, 0.3],
        [9.0, 9.0, 9.0],
    ]


def test_after_every_turn_the_file_holds_all_figures(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "report.json", TASKS, conditions())
    ledger.add([turn("excerpt", "a", 1, 100)])
    ledger.add([turn("wllama", "a", 1, 400)])
    written = json.loads(ledger.path.read_text(encoding="utf-8"))
    assert written == ledger.report()
    assert written["ratios"] == {"sroie": {"wllama": 4.0}}
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_nothing_to_go_on_with_is_a_beginning(tmp_path: Path) -> None:
    assert resume(tmp_path / "report.json", TASKS, conditions()).turns == []


@pytest.mark.parametrize("name", FIXED)
def test_other_conditions_are_refused(tmp_path: Path, name: str) -> None:
    Ledger(tmp_path / "report.json", TASKS, conditions()).write()
    with pytest.raises(BenchError, match=rf"other conditions \({name}\); go on under the same ones"):
        resume(tmp_path / "report.json", TASKS, conditions(**{name: "other"}))


@pytest.mark.parametrize("text", ["", "[]", '{"turns": []}', '{"turns": [{}], "peaks": []}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BenchError, match="is no report of a benchmark"):
        resume(path, TASKS, conditions())
