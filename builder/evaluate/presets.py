"""The page's presets on documents of their own: which fields are right, and what is wrong with the others.

A field is right when it holds the gold value as `scoring` compares values: a list when it has the gold items
and no other, an absent field when nothing fills it. Of a document without an answer no field is right.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from builder.evaluate.browser import Conditions, Extracted
from builder.evaluate.errors import RecordsError
from builder.evaluate.records import Record, RecordSet
from builder.evaluate.report import Answer
from builder.evaluate.scoring import (
    BOOTSTRAP_ROUNDS,
    BOOTSTRAP_SEED,
    Interval,
    JsonValue,
    Tally,
    interval,
    leaves,
    measure,
    tally,
    tally_failed,
)

# The schemas are the page's own; the documents lie in a folder for each preset.
SCHEMAS = Path("web/src/app/schema/presets.json")
DOCUMENTS = Path("tests/presets")
# By the number of documents of each preset: how many fields there are, and how many have to be right.
RATCHET = "ratchet.json"
GOLD = ".gold.json"

Wrong = Literal["missing", "made up", "other", "no answer"]
Report = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One field of one document: `wrong` says what is wrong with it, None nothing."""

    document: str
    field: str
    wrong: Wrong | None
    value: JsonValue
    gold: JsonValue


def read_presets(
    limit: int | None = None, documents: Path = DOCUMENTS, schemas: Path = SCHEMAS
) -> list[RecordSet]:
    """The documents of each preset by name, the first `limit` of each. Raises RecordsError."""
    try:
        presets = json.loads(schemas.read_text(encoding="utf-8"))
        return [_read_preset(documents, one["id"], one["schema"], limit) for one in presets]
    except (OSError, ValueError) as error:
        raise RecordsError(
            f"{documents} and {schemas} do not give the presets' documents ({type(error).__name__})",
            "run this in the checkout",
        ) from error


def _read_preset(folder: Path, name: str, schema: dict[str, JsonValue], limit: int | None) -> RecordSet:
    records = [
        Record(
            f"{name}/{text.stem}",
            text.read_text(encoding="utf-8"),
            schema,
            json.loads(text.with_suffix(GOLD).read_text(encoding="utf-8")),
        )
        for text in sorted((folder / name).glob("*.txt"))[:limit]
    ]
    if not records:
        raise RecordsError(f"{folder / name} holds no documents", "put NAME.txt and NAME.gold.json there")
    return RecordSet(name, tuple(records))


def judge(record: Record, answer: Answer) -> list[Verdict]:
    """A verdict on every field of a record."""
    gold = record.gold if isinstance(record.gold, dict) else {}
    output = answer.output if isinstance(answer, Extracted) else None
    return [
        Verdict(
            record.id, name, fault(output, name, wanted), None if output is None else output.get(name), wanted
        )
        for name, wanted in gold.items()
    ]


def fault(output: dict[str, JsonValue] | None, name: str, wanted: JsonValue) -> Wrong | None:
    """What is wrong with a field of an output; None where nothing is."""
    if output is None:
        return "no answer"
    given, right = Counter(leaves(output.get(name))), Counter(leaves(wanted))
    if given == right:
        return None
    if not given:
        return "missing"
    return "other" if right else "made up"


def preset_report(sets: Sequence[RecordSet], answers: Sequence[Sequence[Answer]], how: Conditions) -> Report:
    """The share of fields that are right, for each preset and for all, and every field that is wrong."""
    judged = [
        [judge(record, answer) for record, answer in zip(one.records, given, strict=True)]
        for one, given in zip(sets, answers, strict=True)
    ]
    spreads, spread = share_intervals(judged)
    tallies = [sum(counted(*pair), Tally()) for pair in zip(sets, answers, strict=True)]
    verdicts = [verdict for preset in judged for document in preset for verdict in document]
    return {
        "conditions": asdict(how) | {"bootstrap_rounds": BOOTSTRAP_ROUNDS, "bootstrap_seed": BOOTSTRAP_SEED},
        "presets": {
            one.name: _entry(documents, total, drawn)
            for one, documents, total, drawn in zip(sets, judged, tallies, spreads, strict=True)
        },
        "all": _entry([one for preset in judged for one in preset], sum(tallies, Tally()), spread),
        "wrong": [asdict(verdict) for verdict in verdicts if verdict.wrong is not None],
    }


def counted(one: RecordSet, answers: Sequence[Answer]) -> Iterator[Tally]:
    """The counts of each document; only its texts have to stand in it, no choice and no day as ISO 8601."""
    for record, answer in zip(one.records, answers, strict=True):
        if not isinstance(answer, Extracted):
            yield tally_failed(record.gold)
            continue
        properties = cast("dict[str, dict[str, JsonValue]]", record.schema["properties"])
        texts: dict[str, JsonValue] = {
            name: value
            for name, value in answer.output.items()
            if not {"enum", "format"} & properties.get(name, {}).keys()
        }
        held = tally(texts, record.gold, record.schema, record.text)
        whole = tally(answer.output, record.gold, record.schema, record.text)
        yield replace(whole, strings=held.strings, grounded=held.grounded)


def _entry(documents: Sequence[Sequence[Verdict]], total: Tally, spread: Interval | None) -> Report:
    verdicts = [verdict for document in documents for verdict in document]
    right = sum(verdict.wrong is None for verdict in verdicts)
    measured = measure(total)
    return {
        "documents": len(documents),
        "fields": len(verdicts),
        "right": right,
        "share": round(right / len(verdicts), 4),
        "interval": None if spread is None else [round(edge, 4) for edge in spread],
        "wrong": dict(sorted(Counter(one.wrong for one in verdicts if one.wrong is not None).items())),
        "validity": measured.validity,
        "grounding": measured.grounding,
    }


def share_intervals(
    presets: Sequence[Sequence[Sequence[Verdict]]], rounds: int = BOOTSTRAP_ROUNDS
) -> tuple[list[Interval | None], Interval | None]:
    """95 % intervals of the share of right fields, of each preset and of all: documents are drawn with
    replacement within each preset; the same draws every time."""
    generator = random.Random(BOOTSTRAP_SEED)
    counts = [[(sum(v.wrong is None for v in one), len(one)) for one in preset] for preset in presets]
    drawn = [[generator.choices(rows, k=len(rows)) for rows in counts] for _ in range(rounds)]
    each = [interval([_share(draw[place]) for draw in drawn]) for place in range(len(presets))]
    return each, interval([_share([row for rows in draw for row in rows]) for draw in drawn])


def _share(rows: Sequence[tuple[int, int]]) -> float:
    return sum(right for right, _ in rows) / sum(fields for _, fields in rows)


def below_ratchet(report: Report, documents: Path = DOCUMENTS) -> str | None:
    """What to say where fewer fields are right than were before; None where as many are, and for a number of
    documents that the ratchet does not know. Raises RecordsError for a ratchet of other documents."""
    path = documents / RATCHET
    each = {entry["documents"] for entry in report["presets"].values()}
    known = json.loads(path.read_text(encoding="utf-8")).get(str(max(each))) if len(each) == 1 else None
    if known is None:
        return None
    if known["fields"] != report["all"]["fields"]:
        raise RecordsError(
            f"{path} counts {known['fields']} fields, there are {report['all']['fields']}", "measure anew"
        )
    right = report["all"]["right"]
    return None if right >= known["right"] else f"{right} fields are right, {path} holds {known['right']}"


def build_markdown(report: Report) -> str:
    """The shares as a table for a README."""
    lines = [
        "| preset | documents | fields | right | missing | made up | other |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, entry in (*report["presets"].items(), ("**all**", report["all"])):
        low, high = entry["interval"]
        wrong = [str(entry["wrong"].get(kind, 0)) for kind in ("missing", "made up", "other")]
        share = f"{entry['share']:.2f} ({low:.2f}-{high:.2f})"
        lines.append(f"| {name} | {entry['documents']} | {entry['fields']} | {share} | {' | '.join(wrong)} |")
    return "\n".join(lines) + "\n"


def complaints(report: Report, verbose: bool) -> list[str]:
    """One line for each wrong field: its document, its name, what is wrong; values where asked for."""
    values = ": {value!r} instead of {gold!r}" if verbose else ""
    return [("{document} {field}: {wrong}" + values).format(**one) for one in report["wrong"]]
