from __future__ import annotations

from pathlib import Path

import pytest

from builder.evaluate.browser import Extracted
from builder.evaluate.records import RecordSet
from builder.scoreboard.board import board_report, check_drafts, fill_row
from builder.scoreboard.cells import Cell
from builder.scoreboard.errors import ScoreboardError
from builder.scoreboard.rows import UNDRAFTED, WHOLE
from builder.scoreboard.table import board_table

from .board import SET, Say, ToldRow, context_in, late, right, wrong


def fill(folder: Path, row: ToldRow, one: RecordSet = SET, name: str = "told") -> None:
    fill_row(name, row, [one], context_in(folder), folder)


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    row = ToldRow(right)
    fill(tmp_path, row)
    fill(tmp_path, row)
    assert row.opened == 1


def test_other_weights_or_records_or_rows_are(tmp_path: Path) -> None:
    row = ToldRow(right)
    fill(tmp_path, row)
    row.weights = "other"
    fill(tmp_path, row)
    fill(tmp_path, row, RecordSet(SET.name, SET.records[:2]))
    fill(tmp_path, row, name="another")
    assert row.opened == 4


def test_a_stopped_run_goes_on_with_the_set_that_is_missing(tmp_path: Path) -> None:
    asked: list[str] = []

    def stopped(record_id: str) -> Extracted:
        asked.append(record_id)
        if len(asked) > len(SET.records):
            raise KeyboardInterrupt
        return right(record_id)

    more = RecordSet("more", SET.records)
    with pytest.raises(KeyboardInterrupt):
        fill_row("told", ToldRow(stopped), [SET, more], context_in(tmp_path), tmp_path)
    rest = ToldRow(right)
    cells = fill_row("told", rest, [SET, more], context_in(tmp_path), tmp_path)
    assert ([cell.set for cell in cells], rest.opened) == (["shops", "more"], 1)


def test_a_report_has_a_line_for_each_row_and_no_document(tmp_path: Path) -> None:
    answers: dict[str, Say] = {"right": right, "wrong": wrong, "late": late}
    cells = {
        name: fill_row(name, ToldRow(say), [SET], context_in(tmp_path), tmp_path)
        for name, say in answers.items()
    }
    report = board_report(cells, {name: name.title() for name in cells})
    assert {name: row["macro"]["f1"] for name, row in report["rows"].items()} == {
        "right": 1.0,
        "wrong": 0.0,
        "late": 0.0,
    }
    assert report["rows"]["wrong"]["sets"]["shops"]["calibration_error"] == 1.0
    assert report["rows"]["late"]["sets"]["shops"]["failed"] == dict.fromkeys(
        ("Nord", "Süd", "Ost"), "device/time-limit"
    )
    table = board_table(report).splitlines()
    assert len({line.count("|") for line in table}) == 1
    assert table[0].startswith("|  | shops | **macro** f1 |")
    assert table[2].startswith("| Right | 1.00 | 1.00 (1.00-1.00) | - |")
    assert table[2].endswith("| 30 |")
    assert table[4].endswith("| - |")
    assert "At Nord" not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.json"))


def test_a_cell_of_another_form_is_measured_again(tmp_path: Path) -> None:
    fill(tmp_path, ToldRow(right))
    [path] = tmp_path.glob("*.json")
    path.write_text("{}", encoding="utf-8")
    row = ToldRow(right)
    fill(tmp_path, row)
    assert row.opened == 1


def test_drafts_must_not_change_an_output(tmp_path: Path) -> None:
    def cells(say: Say, name: str) -> list[Cell]:
        return fill_row(name, ToldRow(say), [SET], context_in(tmp_path), tmp_path)

    whole = cells(right, WHOLE)
    assert check_drafts({WHOLE: whole}) is None
    assert check_drafts({WHOLE: whole, UNDRAFTED: cells(right, UNDRAFTED)}) == 3

    def once(record_id: str) -> Extracted:
        return wrong(record_id) if record_id == "Ost" else right(record_id)

    with pytest.raises(ScoreboardError, match=r"changed 1 of 3 outputs \(Ost\)"):
        check_drafts({WHOLE: whole, UNDRAFTED: cells(once, "differing")})
