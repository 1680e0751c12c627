import json
from io import StringIO

import pytest
from rich.console import Console

from builder.evaluate.browser import Conditions, Evidence, Extracted, Failed, FieldAnswer, Uncalibrated
from builder.evaluate.records import Record, RecordSet
from builder.evaluate.report import Report, build_markdown, build_report, build_table, failures, score
from builder.evaluate.scoring import JsonValue

SCHEMA: dict[str, JsonValue] = {
    "type": "object",
    "properties": {"shop": {"type": "string"}},
    "required": ["shop"],
}
CONDITIONS = Conditions("Chromium 1.2", 2, 2, "model", "0123456789abcdef", "wasm-int8", ())
SET_KEYS = {
    "records",
    "precision",
    "recall",
    "f1",
    "f1_interval",
    "false_fill",
    "null_recall",
    "calibration_error",
    "validity",
    "grounding",
    "forwards_per_field",
    "prefill_ms",
    "decode_ms",
}


def record(name: str, gold: str) -> Record:
    return Record(name, f"At {gold}.", dict(SCHEMA), {"shop": gold})


def answer(shop: str, forwards: int, decode_ms: float) -> Extracted:
    evidence = (Evidence("/shop", 3, 3 + len(shop), "verbatim"),)
    fields = (FieldAnswer("/shop", shop, 0.75, Uncalibrated("string", None, 0.5)),)
    return Extracted({"shop": shop}, evidence, fields, 40, forwards, 100.0, decode_ms)


@pytest.fixture
def report() -> Report:
    records = (record("a", "Nord"), record("b", "Süd"), record("c", "Ost"), record("d", "West"))
    refused = Failed("input", "unsupported", "No.", "/properties/shop")
    answers: list[Extracted | Failed] = [
        answer("Nord", 2, 10.0),
        answer("Süd", 4, 30.0),
        answer("At Ost", 3, 20.0),
        refused,
    ]
    return build_report([score(RecordSet("shops", records), answers)], CONDITIONS)


def test_a_set_has_the_documented_keys_and_numbers(report: Report) -> None:
    entry = report["sets"]["shops"]
    assert set(entry) >= SET_KEYS
    # Two of three answers are right; the gold of four records has four leaves.
    assert (entry["precision"], entry["recall"], entry["f1"]) == (0.6667, 0.5, 0.5714)
    assert (entry["records"], entry["validity"], entry["grounding"]) == (4, 0.75, 1.0)
    assert (entry["forwards_per_field"], entry["decode_ms"]) == (3.0, 20.0)
    assert entry["f1_interval"] == entry["intervals"]["f1"]
    # Each of three fields stands in a bin of its own: 0.25 too unsure twice, 0.75 too sure once.
    assert entry["calibration_error"] == 0.4167
    assert entry["intervals"]["calibration_error"][0] < 0.4167 < entry["intervals"]["calibration_error"][1]
    assert (entry["false_fill"], entry["null_recall"]) == (None, None)


def test_the_macro_average_of_one_set_is_that_set(report: Report) -> None:
    entry = report["sets"]["shops"]
    assert {key: report["macro"][key] for key in ("f1", "validity")} == {"f1": entry["f1"], "validity": 0.75}
    assert report["conditions"]["bundle_version"] == CONDITIONS.bundle_version


def test_records_carry_output_evidence_and_costs(report: Report) -> None:
    assert report["records"][0] == {
        "id": "a",
        "output": {"shop": "Nord"},
        "evidence": [{"path": "/shop", "start": 3, "end": 7, "origin": "verbatim"}],
        "prompt_tokens": 40,
        "forwards": 2,
        "prefill_ms": 100.0,
        "decode_ms": 10.0,
    }


def test_a_refused_record_is_named_in_its_set_and_in_the_list(report: Report) -> None:
    assert report["records"][3]["output"] is None
    assert [failed["id"] for failed in report["sets"]["shops"]["failed"]] == ["d"]
    assert failures(report) == ["shops: d failed (input/unsupported) No."]


def test_the_report_survives_json(report: Report) -> None:
    again = json.loads(json.dumps(report))
    assert (again["sets"], again["macro"]) == (report["sets"], report["macro"])


def test_the_table_shows_every_set_and_the_average(report: Report) -> None:
    console = Console(file=StringIO(), width=200)
    console.print(build_table(report))
    text = console.file.getvalue() if isinstance(console.file, StringIO) else ""
    assert "shops" in text
    assert "macro" in text
    assert "0.57" in text


def test_the_readmes_table_has_a_row_for_each_set(report: Report) -> None:
    head, rule, shops, macro = build_markdown(report).splitlines()
    assert {line.count("|") for line in (head, rule, shops, macro)} == {head.count("|")}
    assert shops.startswith("| shops | 4 | 0.67 | 0.50 | 0.57 (")
    assert " | - | - | 0.42 (" in shops
    assert macro.startswith("| **macro** |  | 0.67 |")
