"""The scoreboard as a Markdown table for a README."""

from __future__ import annotations

from typing import Any

from builder.evaluate.report import HEADS, number_cell, share_cell
from builder.scoreboard.rows import WHOLE

Report = dict[str, Any]
# Averages over the sets, beside the F1 of each.
AVERAGES = ("f1", "false_fill", "null_recall", "calibration_error", "validity", "grounding")


def board_table(report: Report) -> str:
    """A line for each row: the F1 of each set, then averages over sets, 95 % intervals in brackets."""
    rows = report["rows"]
    sets = list(dict.fromkeys(name for row in rows.values() for name in row["sets"]))
    averages = [HEADS.get(name, name.replace("_", " ")) for name in AVERAGES]
    heads = ["", *sets, "**macro** " + averages[0], *averages[1:], "ms"]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    for name, row in rows.items():
        title = f"**{row['title']}**" if name == WHOLE else row["title"]
        cells = [number_cell(row["sets"].get(one, {}).get("f1"), 2) for one in sets]
        cells += [share_cell(row["macro"], measure) for measure in AVERAGES]
        lines.append(f"| {title} | {' | '.join(cells)} | {number_cell(row['ms'], 0)} |")
    return "\n".join(lines) + "\n"
