"""The scoreboard as a Markdown table for a README."""

from __future__ import annotations

from typing import Any

from builder.evaluate.report import HEADS, number_cell, share_cell

Report = dict[str, Any]
# Averages over the sets, beside the F1 of each.
AVERAGES = ("f1", "false_fill", "null_recall", "calibration_error", "validity", "grounding")


def board_table(report: Report) -> str:
    """A line for each row: the F1 of each set, then averages over sets, 95 % intervals in brackets."""
    rows = report["rows"].values()
    sets = list(dict.fromkeys(name for row in rows for name in row["sets"]))
    averages = [HEADS.get(name, name.replace("_", " ")) for name in AVERAGES]
    heads = ["", *sets, "**macro** " + averages[0], *averages[1:], "ms"]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    for row in rows:
        cells = [number_cell(row["sets"].get(name, {}).get("f1"), 2) for name in sets]
        cells += [share_cell(row["macro"], name) for name in AVERAGES]
        lines.append(f"| {row['title']} | {' | '.join(cells)} | {number_cell(row['ms'], 0)} |")
    return "\n".join(lines) + "\n"
