"""The report as Markdown, for the README and the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.bench.figures import CLICK
from builder.bench.turns import AFTER_CLICK, EXCERPT, TRANSFORMERS, WLLAMA

MEGABYTE = 1_000_000
LABELS = {
    EXCERPT: "**Excerpt**",
    AFTER_CLICK: "**Excerpt**, after the click",
    TRANSFORMERS: "transformers.js + structured output",
    WLLAMA: "wllama, JSON schema",
}
HEAD = (
    "set",
    "system",
    "first, ms",
    "warm, ms",
    "prefill",
    "decode",
    "forwards",
    "tokens in + out",
    "peak memory",
    "F1",
    "false fills",
    "valid",
    "times as long as Excerpt",
)
LEFT = 2
DASH = "\N{EN DASH}"


def bench_table(report: dict[str, Any]) -> str:
    """A row for each set and system, then the circumstances in a sentence."""
    rows = [
        _row(report, name, system, entry)
        for name, systems in report["sets"].items()
        for system, entry in systems.items()
    ]
    return "\n".join((*markdown(HEAD, rows, LEFT), "", _circumstances(report), *_failed(report))) + "\n"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> list[str]:
    """The lines of a table; the first `left` columns are text, the others numbers."""
    rule = ["---" if place < left else "--:" for place in range(len(head))]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def number(value: float | None, digits: int = 0) -> str:
    """A number for a cell, thousands apart; a dash for None."""
    return DASH if value is None else f"{value:,.{digits}f}"


def megabytes(value: int | None) -> str:
    """Bytes for a cell."""
    return DASH if value is None else f"{value / MEGABYTE:,.0f} MB"


def _row(report: dict[str, Any], name: str, system: str, entry: dict[str, Any]) -> list[str]:
    return [
        f"{name} ({entry['documents']})",
        LABELS[system],
        number(entry["cold_ms"]),
        number(entry["warm_ms"]),
        number(entry["prefill_ms"]),
        number(entry["decode_ms"]),
        number(entry["forwards"], 1),
        f"{number(entry['prompt_tokens'])} + {number(entry['new_tokens'])}",
        megabytes(entry["peak_bytes"]),
        number(entry["f1"], 2),
        number(entry["false_fill"], 2),
        number(entry["validity"], 2),
        _times(report, name, system),
    ]


def _times(report: dict[str, Any], name: str, system: str) -> str:
    """The ratio and its spread; after the click it is how many times as long transformers.js takes in all."""
    key = CLICK if system == AFTER_CLICK else system
    ratio = report["ratios"][name].get(key)
    if ratio is None:
        return "1" if system == EXCERPT else DASH
    least, greatest = report["spread"][name][key]
    spread = f"{ratio:.1f} ({least:.1f}{DASH}{greatest:.1f})"
    return f"transformers.js: {spread}" if system == AFTER_CLICK else spread


def _circumstances(report: dict[str, Any]) -> str:
    how = report["conditions"]
    packages = ", ".join(f"{name} {version}" for name, version in how["packages"].items())
    rounds = max((turn["round"] for turn in report["turns"]), default=0)
    loads = [load[0] for load in how["load_average"]]
    return (
        f"{rounds} alternating rounds in {how['browser']}, {how['threads']} threads each, {how['machine']}, "
        f"{how['cores']} cores, load average {min(loads):.1f} to {max(loads):.1f}; {how['model']} "
        f"{how['bundle'][:12]} ({how['variant']}); {packages}."
    )


def _failed(report: dict[str, Any]) -> list[str]:
    lines = [
        f"- {one['set']}, {one['document']}, round {one['round']}: {one['system']} failed "
        f"({one['failure']['code']}: {one['failure']['message']})"
        for one in report["failed"]
    ]
    cut = [
        f"- {name}: {entry['cut']} of {entry['turns']} answers of {system} were cut at their limit of tokens"
        for name, systems in report["sets"].items()
        for system, entry in systems.items()
        if entry["cut"]
    ]
    return ["", *lines, *cut] if lines or cut else []
