"""Puts answers and scores together: the report as a JSON value, and its table for the console.

Times are medians over the records that have an answer. `forwards_per_field` is the mean: all forward
passes of a set over all its fields. A failed record has `output: null` and says why under `failure`; its
set counts it in every measure and in `failed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from rich.table import Table

from builder.evaluate.browser import Conditions, Extracted, Failed
from builder.evaluate.records import Record, RecordSet
from builder.evaluate.reliability import Judged, error_intervals, expected_error, judge_fields
from builder.evaluate.scoring import (
    BOOTSTRAP_ROUNDS,
    BOOTSTRAP_SEED,
    Interval,
    Measures,
    Tally,
    bootstrap,
    macro,
    mean,
    measure,
    tally,
    tally_failed,
)

Answer = Extracted | Failed
Report = dict[str, Any]

COLUMNS = (
    "precision",
    "recall",
    "f1",
    "false_fill",
    "null_recall",
    "calibration_error",
    "validity",
    "grounding",
)
WITH_INTERVAL = ("f1", "false_fill", "null_recall", "calibration_error")
HEADS = {
    "precision": "prec.",
    "validity": "valid",
    "grounding": "grounded",
    "calibration_error": "ECE",
    "forwards_per_field": "forwards",
}
SPEED = ("forwards_per_field", "prefill_ms", "decode_ms")


@dataclass(frozen=True)
class ScoredSet:
    """A set, its answers in the order of its records, and the counts and judged fields of each."""

    name: str
    records: tuple[Record, ...]
    answers: tuple[Answer, ...]
    tallies: tuple[Tally, ...]
    judged: tuple[tuple[Judged, ...], ...]


def score(record_set: RecordSet, answers: Sequence[Answer]) -> ScoredSet:
    """Counts for every record of a set; `answers` holds one for each, in order."""
    pairs = list(zip(record_set.records, answers, strict=True))
    return ScoredSet(
        record_set.name,
        record_set.records,
        tuple(answers),
        tuple(_tally(record, answer) for record, answer in pairs),
        tuple(_judged(record, answer) for record, answer in pairs),
    )


def build_report(sets: Sequence[ScoredSet], conditions: Conditions) -> Report:
    """The whole report, ready for `json.dump`."""
    measures, average = measured([one.tallies for one in sets], [one.judged for one in sets])
    entries = {
        one.name: {"records": len(one.records)} | values | _speed(one.answers) | _failed(one)
        for one, values in zip(sets, measures, strict=True)
    }
    answers = [answer for one in sets for answer in one.answers]
    records = [
        _record(record, answer)
        for one in sets
        for record, answer in zip(one.records, one.answers, strict=True)
    ]
    how = asdict(conditions) | {"bootstrap_rounds": BOOTSTRAP_ROUNDS, "bootstrap_seed": BOOTSTRAP_SEED}
    whole = {"sets": len(sets)} | average | _speed(answers)
    return {"conditions": how, "sets": entries, "macro": whole, "records": records}


def measured(
    tallies: Sequence[Sequence[Tally]], judged: Sequence[Sequence[Sequence[Judged]]]
) -> tuple[list[Report], Report]:
    """Every measure of each set, given the counts and the judged fields of its records, and their macro
    average; with intervals."""
    intervals, macro_intervals = bootstrap(tallies)
    values = [measure(sum(counted, Tally())) for counted in tallies]
    errors = [expected_error([field for record in one for field in record]) for one in judged]
    spreads, macro_spread = error_intervals(judged)
    each = [
        _with_error(_measures(one, interval), error, spread)
        for one, interval, error, spread in zip(values, intervals, errors, spreads, strict=True)
    ]
    return each, _with_error(_measures(macro(values), macro_intervals), mean(errors), macro_spread)


def build_table(report: Report) -> Table:
    """The report's numbers for a console."""
    table = Table(title="Excerpt evaluation", title_justify="left")
    table.add_column("set")
    for name in ("records", "failed", *COLUMNS, "f1 95 %", *SPEED):
        table.add_column(HEADS.get(name, name.replace("_", " ")), justify="right")
    for name, entry in report["sets"].items():
        table.add_row(name, str(entry["records"]), str(len(entry["failed"])), *_cells(entry))
    table.add_section()
    table.add_row("macro", "", "", *_cells(report["macro"]))
    return table


def build_markdown(report: Report) -> str:
    """The report's numbers as a table for a README, with the intervals of what a model is judged by."""
    heads = ["set", "records", *(HEADS.get(name, name.replace("_", " ")) for name in (*COLUMNS, *SPEED))]
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    for name, entry in (*report["sets"].items(), ("**macro**", report["macro"])):
        cells = [share_cell(entry, column) for column in COLUMNS]
        cells += [number_cell(entry[column], 1) for column in SPEED]
        lines.append(f"| {name} | {entry.get('records', '')} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def failures(report: Report) -> list[str]:
    """One line for each failed record, naming it and the reason."""
    return [
        f"{name}: {failure['id']} failed ({failure['kind']}/{failure['code']}) {failure['message']}".rstrip()
        for name, entry in report["sets"].items()
        for failure in entry["failed"]
    ]


def _tally(record: Record, answer: Answer) -> Tally:
    if isinstance(answer, Failed):
        return tally_failed(record.gold)
    return tally(answer.output, record.gold, record.schema, record.text)


def _judged(record: Record, answer: Answer) -> tuple[Judged, ...]:
    if isinstance(answer, Failed):
        return ()
    fields = ((one.path, one.value, one.confidence) for one in answer.answers)
    return tuple(judge_fields(fields, record.gold))


def _with_error(measures: Report, error: float | None, spread: Interval | None) -> Report:
    intervals = measures["intervals"] | {"calibration_error": _rounded_pair(spread)}
    return measures | {"calibration_error": _rounded(error), "intervals": intervals}


def _measures(values: Measures, intervals: dict[str, Interval | None]) -> Report:
    spread = {name: _rounded_pair(interval) for name, interval in intervals.items()}
    shares = {name: _rounded(share) for name, share in asdict(values).items()}
    return shares | {"f1_interval": spread["f1"], "intervals": spread}


def _speed(answers: Sequence[Answer]) -> Report:
    known = [answer for answer in answers if isinstance(answer, Extracted)]
    fields = sum(len(answer.answers) for answer in known)
    return {
        "forwards_per_field": _rounded(sum(a.forwards for a in known) / fields) if fields else None,
        "prefill_ms": round(median(a.prefill_ms for a in known), 1) if known else None,
        "decode_ms": round(median(a.decode_ms for a in known), 1) if known else None,
    }


def _failed(one: ScoredSet) -> Report:
    pairs = zip(one.records, one.answers, strict=True)
    return {"failed": [{"id": r.id} | asdict(a) for r, a in pairs if isinstance(a, Failed)]}


def _record(record: Record, answer: Answer) -> Report:
    if isinstance(answer, Failed):
        return {"id": record.id, "output": None, "evidence": [], "failure": asdict(answer)}
    return {
        "id": record.id,
        "output": answer.output,
        "evidence": [asdict(evidence) for evidence in answer.evidence],
        "prompt_tokens": answer.prompt_tokens,
        "forwards": answer.forwards,
        "prefill_ms": round(answer.prefill_ms, 1),
        "decode_ms": round(answer.decode_ms, 1),
    }


def _cells(entry: Report) -> list[str]:
    interval = entry["f1_interval"]
    spread = f"{interval[0]:.2f}-{interval[1]:.2f}" if interval else "-"
    return [*(number_cell(entry[c], 2) for c in COLUMNS), spread, *(number_cell(entry[c], 1) for c in SPEED)]


def share_cell(entry: Report, column: str) -> str:
    """A measure for a table, with its interval where a model is judged by it."""
    low, high = (entry["intervals"].get(column) if column in WITH_INTERVAL else None) or (None, None)
    share = number_cell(entry[column], 2)
    return share if low is None or high is None else f"{share} ({low:.2f}-{high:.2f})"


def number_cell(value: float | None, digits: int) -> str:
    """A number for a table; a dash where there is none."""
    return "-" if value is None else f"{value:.{digits}f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _rounded_pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(edge, 4) for edge in interval]
