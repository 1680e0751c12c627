"""The presets' documents are what they claim to be, and their fields are judged as `presets` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder.evaluate.browser import Conditions, Extracted, Failed
from builder.evaluate.errors import RecordsError
from builder.evaluate.presets import (
    RATCHET,
    below_ratchet,
    build_markdown,
    complaints,
    counted,
    fault,
    judge,
    preset_report,
    read_presets,
)
from builder.evaluate.records import Record, RecordSet
from builder.evaluate.scoring import JsonValue, fits, leaves, stands_in
from builder.records import read_lines

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
DOCUMENTS = ROOT / "tests" / "presets"
SETS = read_presets(None, DOCUMENTS, ROOT / "web" / "src" / "app" / "schema" / "presets.json")
RECORDS = [record for one in SETS for record in one.records]
CONDITIONS = Conditions("Chromium 1.2", 2, 2, "model", "0123456789abcdef", "wasm-int8", ())
# So many words in a row are no coincidence.
RUN = 7


def extracted(output: dict[str, Any]) -> Extracted:
    return Extracted(output, (), (), 10, 1, 1.0, 1.0)


def words(text: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in text.lower()).split()


def runs(text: str) -> Iterator[str]:
    split = words(text)
    return (" ".join(split[at : at + RUN]) for at in range(len(split) - RUN + 1))


def texts_of(record: Record) -> Iterator[str]:
    """Every gold value that is a piece of the text: no choice, no normal form."""
    assert isinstance(record.gold, dict)
    properties: Any = record.schema["properties"]
    for name, value in record.gold.items():
        if "enum" in properties[name] or "format" in properties[name]:
            continue
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def gold_of(record: Record) -> dict[str, JsonValue]:
    assert isinstance(record.gold, dict)
    return record.gold


def test_each_preset_has_ten_documents_of_its_own() -> None:
    assert {one.name: len(one.records) for one in SETS} == dict.fromkeys(
        ("receipt", "invoice", "contact", "resume", "meeting"), 10
    )
    assert len({record.text for record in RECORDS}) == len(RECORDS)
    known = {DOCUMENTS / f"{one.id}{ending}" for one in RECORDS for ending in (".txt", ".gold.json")}
    assert set(DOCUMENTS.glob("*/*")) == known


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_the_gold_fits_the_schema_and_its_texts_stand_in_the_document(record: Record) -> None:
    assert fits(record.gold, record.schema)
    assert list(gold_of(record)) == record.schema["required"]
    assert [one for one in texts_of(record) if not one.strip() or not stands_in(one, record.text)] == []
    assert 5 <= len(record.text.splitlines()) <= 60


def test_about_a_third_of_the_fields_are_absent() -> None:
    values = [value for record in RECORDS for value in gold_of(record).values()]
    assert 0.25 < sum(not list(leaves(value)) for value in values) / len(values) < 0.45


def test_no_text_is_trained_on() -> None:
    from builder.finetune.documents import generate, kind_names

    mine = {run: record.id for record in RECORDS for run in runs(record.text)}
    assert len(mine) > 1000
    made = (one["text"] for kind in kind_names() for one in generate(11, 20, [kind]))
    assert {mine[run] for text in made for run in runs(text) if run in mine} == set()
    if not (SHARED / "train").is_dir():
        pytest.skip(f"NOT CHECKED: {SHARED} is not here, so nobody looked into the public training sets")
    texts = (
        one["text"] for path in sorted((SHARED / "train").glob("*.jsonl")) for _, one in read_lines(path)
    )
    assert {mine[run] for text in texts for run in runs(text) if run in mine} == set()


@pytest.mark.parametrize(
    ("given", "wanted", "wrong"),
    [
        ("Acme", "acme.", None),
        (None, None, None),
        ([], [], None),
        (["b", "a"], ["A", "B"], None),
        (9.1, 9.10, None),
        (None, "Acme", "missing"),
        ([], ["a"], "missing"),
        ("Acme", None, "made up"),
        (["a"], [], "made up"),
        (["a"], ["a", "a"], "other"),
        (False, True, "other"),
    ],
)
def test_a_field_is_right_as_a_whole(given: JsonValue, wanted: JsonValue, wrong: str | None) -> None:
    assert fault({"f": given}, "f", wanted) == wrong


def test_a_failed_document_has_no_right_field() -> None:
    record = Record("p/a", "Tea", {}, {"shop": "Tea", "date": None})
    assert [one.wrong for one in judge(record, Failed("crash", "page-crashed", "No."))] == ["no answer"] * 2


@pytest.fixture
def report() -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": {"shop": {"type": ["string", "null"]}}}
    texts = ("Nord", "Süd", "Ost", "West")
    records = [Record(f"p/{text}", f"At {text}.", schema, {"shop": text}) for text in texts]
    sets = [RecordSet("p", tuple(records[:2])), RecordSet("q", tuple(records[2:]))]
    answers = [[extracted({"shop": shop}) for shop in pair] for pair in (("Nord", "At Süd"), (None, "West"))]
    return preset_report(sets, answers, CONDITIONS)


def test_a_report_has_shares_with_intervals_and_names_what_is_wrong(report: dict[str, Any]) -> None:
    assert (report["all"]["fields"], report["all"]["right"], report["all"]["share"]) == (4, 2, 0.5)
    assert (report["all"]["interval"], report["presets"]["p"]["interval"]) == ([0.0, 1.0], [0.0, 1.0])
    assert (report["all"]["validity"], report["all"]["grounding"]) == (1.0, 1.0)
    assert report["presets"]["p"]["wrong"] == {"other": 1}
    assert complaints(report, verbose=False) == ["p/Süd shop: other", "p/Ost shop: missing"]
    assert complaints(report, verbose=True)[0] == "p/Süd shop: other: 'At Süd' instead of 'Süd'"
    assert "| **all** | 4 | 4 | 0.50 (0.00-1.00) | 1 | 0 | 1 |" in build_markdown(report)


def test_choices_and_days_need_not_stand_in_the_document() -> None:
    record = RECORDS[0]
    assert isinstance(record.gold, dict)
    [whole] = counted(RecordSet("receipt", (record,)), [extracted(record.gold)])
    assert (whole.valid, whole.strings) == (1, whole.grounded)
    [made_up] = counted(RecordSet("receipt", (record,)), [extracted({**record.gold, "company": "Nobody"})])
    assert made_up.grounded == made_up.strings - 1


@pytest.mark.parametrize(("right", "holds"), [(2, True), (3, False)])
def test_the_ratchet_holds_what_was_reached(
    report: dict[str, Any], tmp_path: Path, right: int, holds: bool
) -> None:
    (tmp_path / RATCHET).write_text(json.dumps({"2": {"fields": 4, "right": right}}), encoding="utf-8")
    said = below_ratchet(report, tmp_path)
    assert (said is None) == holds
    assert holds or "2 fields are right" in str(said)


def test_the_ratchet_knows_its_documents(report: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / RATCHET).write_text('{"2": {"fields": 5, "right": 1}}', encoding="utf-8")
    with pytest.raises(RecordsError, match="counts 5 fields, there are 4"):
        below_ratchet(report, tmp_path)
    (tmp_path / RATCHET).write_text("{}", encoding="utf-8")
    assert below_ratchet(report, tmp_path) is None


def test_the_ratchet_of_all_documents_counts_their_fields() -> None:
    ratchet = json.loads((DOCUMENTS / RATCHET).read_text(encoding="utf-8"))
    for each, held in ratchet.items():
        taken = [record for one in SETS for record in one.records[: int(each)]]
        assert held["fields"] == sum(len(gold_of(record)) for record in taken)
        assert held["fields"] >= held["right"]


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="run this in the checkout"):
        read_presets(None, tmp_path, tmp_path / "presets.json")
