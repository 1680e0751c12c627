from __future__ import annotations

from pathlib import Path

from builder.bench.figures import Peak
from builder.bench.ledger import Ledger
from builder.bench.table import bench_table, markdown, megabytes, number
from builder.bench.turns import Turn
from tests.builder.bench.turns import failed, task, turn

CONDITIONS = {
    "browser": "Chromium 1.2",
    "machine": "Linux x86_64, a processor",
    "cores": 2,
    "threads": 2,
    "packages": {"peer": "1.0.0"},
    "load_average": [[0.5, 0.1, 0.1], [2.25, 0.1, 0.1]],
    "model": "small",
    "bundle": "0123456789abcdef",
    "variant": "wasm-int8",
}


def table_of(*turns: Turn) -> list[str]:
    ledger = Ledger(Path("nowhere"), [task("a"), task("b")], CONDITIONS, list(turns))
    ledger.peaks.append(Peak("sroie", "wllama", 448_278_528))
    return bench_table(ledger.report()).splitlines()


def test_a_row_for_each_system_with_its_ratio_and_spread() -> None:
    lines = table_of(
        turn("excerpt", "a", 1, 1000),
        turn("excerpt after click", "a", 1, 100),
        turn("transformers.js", "a", 1, 3000),
        turn("wllama", "a", 1, 5000),
        turn("excerpt", "a", 2, 1000),
        turn("wllama", "a", 2, 7000),
    )
    rows = {line.split(" | ")[1]: line for line in lines[2:6]}
    assert rows["**Excerpt**"].endswith("| 1 |")
    assert "transformers.js: 30.0 (30.0\N{EN DASH}30.0) |" in rows["**Excerpt**, after the click"]
    assert "| 6,000 |" in rows["wllama, JSON schema"]
    assert "| 448 MB |" in rows["wllama, JSON schema"]
    assert rows["wllama, JSON schema"].endswith("| 6.0 (5.0\N{EN DASH}7.0) |")
    assert "2 alternating rounds in Chromium 1.2, 2 threads each" in lines[-1]
    assert "load average 0.5 to 2.2; small 0123456789ab (wasm-int8); peer 1.0.0." in lines[-1]


def test_every_row_has_a_cell_for_every_column() -> None:
    lines = table_of(turn("excerpt", "a", 1, 10), turn("wllama", "a", 1, 10))
    assert len({line.count("|") for line in lines[:4]}) == 1


def test_failures_and_cut_answers_stand_below() -> None:
    lines = table_of(
        turn("excerpt", "a", 1, 10), failed("wllama", "a", 1), turn("wllama", "b", 1, 10, cut=True)
    )
    assert "- sroie, a, round 1: wllama failed (too-long: The text is too long.)" in lines
    assert "- sroie: 1 of 2 answers of wllama were cut at their limit of tokens" in lines


def test_cells() -> None:
    assert markdown(("a", "b"), [("1", "2")], 1) == ["| a | b |", "| --- | --: |", "| 1 | 2 |"]
    assert (number(None), number(1234.56), number(0.125, 2)) == ("\N{EN DASH}", "1,235", "0.12")
    assert (megabytes(None), megabytes(1_500_000_000)) == ("\N{EN DASH}", "1,500 MB")
