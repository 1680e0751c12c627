"""The growth of our cost as Markdown: one table by the text's length, one by the number of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from builder.bench.table import markdown, megabytes, number

COLUMNS = {
    "tokens": "tokens of text",
    "fields": "fields",
    "windows": "windows",
    "ms": "text to result, ms",
    "prefill_ms": "prefill",
    "decode_ms": "decode",
    "decode_per_field_ms": "decode a field",
    "forwards": "forwards",
    "fed_tokens": "tokens fed",
    "forward_ms": "one forward",
    "copy_ms": "one cache copy",
    "bound_ms": "memory bound",
    "times_bound": "times the bound",
    "mask_share": "masks",
    "peak_bytes": "peak memory",
}
DIGITS = {"copy_ms": 1, "times_bound": 1}


def growth_table(report: Mapping[str, Any]) -> str:
    """Both tables and what they were measured under."""
    parts = [*_series(report["by_length"]), "", *_series(report["by_fields"]), "", _circumstances(report)]
    return "\n".join(parts) + "\n"


def _series(series: Mapping[str, Any]) -> list[str]:
    rows = series["rows"]
    cells = [[_cell(name, row[name]) for name in COLUMNS] for row in rows]
    table = markdown(list(COLUMNS.values()), cells, 0)
    return [*table, *_refused(series["refused"]), "", _limits(series)]


def _cell(name: str, value: float | None) -> str:
    if name == "peak_bytes":
        return megabytes(None if value is None else int(value))
    if value is not None and name == "mask_share":
        return f"{value:.1%}"
    return number(value, DIGITS.get(name, 0))


def _refused(refused: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = [
        f"- {one['tokens']} tokens, {one['fields']} fields: refused ({one['code']}: {one['message']})"
        for one in refused
    ]
    return ["", *lines] if lines else []


def _limits(series: Mapping[str, Any]) -> str:
    speed, cache = series["bandwidth_gb_per_s"], series["cache_bytes_per_token"] / 1000
    return (
        f"In the same tab as many workers read {speed['read']:.1f} GB/s and copy {speed['copy']:.1f} GB/s; a "
        f"forward reads {megabytes(series['weights_bytes'])} of weights and {cache:.0f} kB of cache a token."
    )


def _circumstances(report: Mapping[str, Any]) -> str:
    how = report["conditions"]
    return (
        f"Medians over {how['rounds']} rounds in {how['browser']}, {how['threads']} threads, "
        f"{how['machine']}, {how['cores']} cores, load average {how['load_average'][0][0]:.1f}; "
        f"{how['model']} {how['bundle'][:12]} ({how['variant']})."
    )
