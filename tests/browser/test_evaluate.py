"""`excerpt eval` as a person runs it: a real browser, a real bundle, a report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.browser.engine import DOCUMENTS, Case, read_case

GOLD: dict[str, dict[str, Any]] = {
    "invoice": {
        "invoice_number": "HL-2024-0173",
        "supplier": "Harbour Light Studio",
        "customer": "Northwind Traders Ltd",
        "date": "12 March 2024",
        "total": "EUR 1,284.50",
    },
    "receipt": {
        "shop": "CAFÉ AM MARKT",
        "date": "08.11.2024",
        "total": "13,90",
        "items": ["Cappuccino", "Butterbrezel", "Käsekuchen"],
    },
}
UNENFORCEABLE = {"type": "object", "properties": {"a": {"type": "string", "format": "regex"}}}


def record(case: Case) -> dict[str, Any]:
    return {"id": case.name, "text": case.text, "schema": case.schema, "gold": GOLD[case.name]}


def evaluate(records: list[dict[str, Any]], bundle: Path, folder: Path) -> tuple[dict[str, Any], str, str]:
    source, report = folder / "own.jsonl", folder / "report.json"
    source.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    excerpt = Path(sys.executable).with_name("excerpt")
    command = [str(part) for part in (excerpt, "eval", source, "--out", report, "--bundle", bundle)]
    done = subprocess.run(command, cwd=DOCUMENTS.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(report.read_text(encoding="utf-8")), done.stdout, done.stderr


def test_records_are_scored_and_a_refused_schema_is_named(bundle: Path, tmp_path: Path) -> None:
    refused = {"id": "refused", "text": "Tea", "schema": UNENFORCEABLE, "gold": {"a": "Tea"}}
    cases = {name: read_case(name) for name in GOLD}
    records = [*(record(case) for case in cases.values()), refused]
    report, stdout, stderr = evaluate(records, bundle, tmp_path)

    entry = report["sets"]["own"]
    assert (entry["records"], entry["grounding"]) == (3, 1.0)
    assert entry["validity"] == 0.6667
    assert [failed["id"] for failed in entry["failed"]] == ["refused"]
    assert entry["failed"][0]["kind"] == "input"
    assert entry["forwards_per_field"] > 0
    assert "refused" in stderr
    assert "own" in stdout
    for answer in report["records"][:2]:
        text = cases[answer["id"]].text
        verbatim = [
            text[one["start"] : one["end"]] for one in answer["evidence"] if one["origin"] == "verbatim"
        ]
        values = [
            value
            for given in answer["output"].values()
            for value in (given if isinstance(given, list) else [given])
        ]
        assert verbatim == [value for value in values if value is not None]
