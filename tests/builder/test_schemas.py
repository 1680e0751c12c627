"""`excerpt schemas`, and the ratchet: no schema of the public suite may come off worse than it did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.schemas import OUTCOMES, Record, SchemasError, build_compiler, count, read_records, try_records

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "tests" / "golden" / "schemas.json"
SUITE = ROOT.parent / "shared" / "eval" / "jsonschemabench.jsonl"

TEXT = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 2}}, "required": ["a"]}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_compiler(ROOT / "web", tmp_path_factory.mktemp("compiler"))


def record(schema: dict[str, Any], valid: list[Any], invalid: list[Any]) -> Record:
    return Record("one", schema, valid, invalid)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (record(TEXT, [{"a": "é\u2028"}], [{"a": "abc"}, {}, []]), "enforced"),
        (record(TEXT, [{"a": "abc"}], []), "valid_rejected"),
        (record(TEXT, [{"a": "abc"}], [{"a": "ab"}]), "invalid_accepted"),
        (record({"type": "string", "pattern": "a(?=b)"}, ["ab"], []), "refused"),
    ],
)
def test_the_worst_that_happens_is_told(program: Path, one: Record, expected: str) -> None:
    (outcome,) = try_records([one], program)
    assert outcome.outcome == expected


def test_a_refusal_names_feature_and_place(program: Path) -> None:
    (outcome,) = try_records([record({"properties": {"a/b": {"pattern": "(a)\\1"}}}, [], [])], program)
    assert (outcome.feature, outcome.place) == ("pattern", "/properties/a~1b/pattern")


def test_what_takes_too_long_is_stopped_and_the_rest_goes_on(tmp_path: Path) -> None:
    program = tmp_path / "slow.mjs"
    program.write_text(
        "import { createInterface } from 'node:readline';\n"
        "for await (const line of createInterface({ input: process.stdin }))\n"
        "  if (!JSON.parse(line).schema.hang) console.log(JSON.stringify({ outcome: 'enforced' }));\n"
    )
    schemas: list[dict[str, Any]] = [{}, {"hang": True}, {}]
    outcomes = try_records([record(schema, [], []) for schema in schemas], program, limit=2)
    assert [(one.outcome, one.feature) for one in outcomes] == [
        ("enforced", None),
        ("refused", "time"),
        ("enforced", None),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "line 1 is no JSON"), ('{"schema": {}}\n\n[]', "line 3 has no schema"), ("", "holds no records")],
)
def test_a_broken_file_is_named_by_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(text)
    with pytest.raises(SchemasError, match=message):
        read_records(path)


def test_the_command_writes_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path, out = tmp_path / "records.jsonl", tmp_path / "deep" / "report.json"
    lines = [{"id": "x", "schema": TEXT, "valid": [{"a": "é"}]}, {"schema": {"type": "text"}}]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    result = CliRunner().invoke(main, ["schemas", str(path), "--out", str(out)])
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(out.read_text())
    assert report["counts"] == {"enforced": 1, "refused": 1, "valid_rejected": 0, "invalid_accepted": 0}
    assert report["schemas"][0] == {"id": "x", "outcome": "enforced"}
    assert report["schemas"][1] | {"message": ""} == {
        "id": "line 2", "outcome": "refused", "feature": "type", "place": "/type", "message": "",
    }  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), [(["nowhere.jsonl"], 2), ([], 2)])
def test_wrong_usage(arguments: list[str], code: int) -> None:
    assert CliRunner().invoke(main, ["schemas", *arguments]).exit_code == code


def test_no_schema_of_the_suite_comes_off_worse_than_before(program: Path) -> None:
    """Where an outcome got better: `excerpt schemas SUITE --out tests/golden/schemas.json`, and commit it."""
    if not SUITE.is_file():
        pytest.skip(f"the suite is not here ({SUITE})")
    before = {
        one["id"]: one["outcome"] for one in json.loads(BASELINE.read_text(encoding="utf-8"))["schemas"]
    }
    outcomes = try_records(read_records(SUITE), program)
    assert {one.id for one in outcomes} == set(before)
    worse = [
        f"{one.id}: {before[one.id]} → {one.outcome} ({one.feature} {one.place})"
        for one in outcomes
        if OUTCOMES.index(one.outcome) > OUTCOMES.index(before[one.id])
    ]
    assert worse == []
    counts = count(outcomes)
    assert counts["invalid_accepted"] == 0
    assert counts["enforced"] / len(outcomes) >= 0.85
