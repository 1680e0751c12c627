from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from builder.finetune.documents import generate, kind_names

EVALUATION = Path(__file__).parents[5] / "shared" / "eval"
PER_KIND = 25


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [record for kind in kind_names() for record in generate(3, PER_KIND, [kind])]


@pytest.fixture(scope="module")
def mixed() -> list[dict[str, Any]]:
    return list(generate(17, 1200))


def collapsed(text: str) -> str:
    return " ".join(text.split())


def texts_of(record: dict[str, Any]) -> list[str]:
    """The texts of the gold that have to stand in the document: no choices, no normal forms."""
    spans = record.get("spans", {})
    found: list[str] = list(spans.values())
    for name, value in record["gold"].items():
        if isinstance(value, list):
            found += value
        elif (
            isinstance(value, str)
            and name not in spans
            and "enum" not in record["schema"]["properties"][name]
        ):
            found.append(value)
    return found


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(kind_names()) >= 30


def test_every_kind_is_drawn(mixed: list[dict[str, Any]]) -> None:
    assert {record["domain"].replace(" ", "_") for record in mixed} == set(kind_names())


def test_the_gold_fits_the_schema(records: list[dict[str, Any]]) -> None:
    for record in records:
        validator = Draft202012Validator(record["schema"], format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert not list(validator.iter_errors(record["gold"])), record["id"]


def test_a_record_has_the_form_of_the_public_sets(records: list[dict[str, Any]]) -> None:
    for record in records:
        schema = record["schema"]
        assert list(record)[:7] == ["id", "source", "license", "domain", "schema", "text", "gold"]
        assert set(record) <= {"id", "source", "license", "domain", "schema", "text", "gold", "spans"}
        assert schema["required"] == list(schema["properties"]) == list(record["gold"])
        assert schema["properties"], record["id"]
        assert json.loads(json.dumps(record)) == record


def test_every_text_of_the_gold_stands_in_the_text(records: list[dict[str, Any]]) -> None:
    for record in records:
        for value in texts_of(record):
            assert value.strip(), record["id"]
            assert collapsed(value) in collapsed(record["text"]), record["id"]


def test_normal_forms_name_their_characters(records: list[dict[str, Any]]) -> None:
    seen: Counter[str] = Counter()
    for record in records:
        for name, schema in record["schema"]["properties"].items():
            normalised = schema["type"][0] in ("number", "integer") or "format" in schema
            filled = record["gold"][name] is not None
            assert (name in record.get("spans", {})) == (normalised and filled), record["id"]
            seen[schema["type"][0] if normalised and filled else "other"] += 1
    assert seen["number"] and seen["integer"] and seen["string"]


@pytest.mark.parametrize(
    ("written", "normal"), [("1.234,50", 1234.5), ("1,234.50", 1234.5), ("89.05", 89.05), ("7", 7)]
)
def test_what_a_number_means_can_be_read_from_its_characters(written: str, normal: float) -> None:
    assert read_number(written) == normal


def read_number(written: str) -> float:
    """A second reading of amounts: a mark before the last two digits is the decimal one."""
    plain = "".join(character for character in written if character.isdigit() or character in ".,-")
    if len(plain) > 3 and plain[-3] in ".,":
        return float(f"{plain[:-3].replace('.', '').replace(',', '')}.{plain[-2:]}")
    return float(plain.replace(".", "").replace(",", ""))


def test_numbers_are_the_normal_form_of_their_characters(records: list[dict[str, Any]]) -> None:
    checked = 0
    for record in records:
        for name, written in record.get("spans", {}).items():
            value = record["gold"][name]
            if isinstance(value, (int, float)):
                assert read_number(written) == pytest.approx(value), record["id"]
                checked += 1
    assert checked > 30


def test_about_half_of_the_fields_are_absent(mixed: list[dict[str, Any]]) -> None:
    values = [value for record in mixed for value in record["gold"].values()]
    absent = sum(value in (None, []) for value in values) / len(values)
    assert 0.30 <= absent <= 0.60


@pytest.mark.parametrize("kind", kind_names())
def test_no_kind_is_always_full_or_always_empty(kind: str, records: list[dict[str, Any]]) -> None:
    own = [record for record in records if record["domain"] == kind.replace("_", " ")]
    values = [value for record in own for value in record["gold"].values()]
    absent = sum(value in (None, []) for value in values) / len(values)
    assert len(own) == PER_KIND
    assert 0.25 <= absent <= 0.75


@pytest.mark.parametrize("kind", kind_names())
def test_a_kind_has_many_texts_and_many_schemas(kind: str, records: list[dict[str, Any]]) -> None:
    own = [record for record in records if record["domain"] == kind.replace("_", " ")]
    assert all(record["text"].strip() for record in own)
    assert len({record["text"] for record in own}) == len(own)
    assert len({tuple(record["gold"]) for record in own}) >= PER_KIND - 4


def test_names_descriptions_and_types_vary(mixed: list[dict[str, Any]]) -> None:
    properties = [item for record in mixed for item in record["schema"]["properties"].items()]
    names = [name for name, _ in properties]
    assert any("_" in name for name in names) and any(" " in name for name in names)
    assert any(name[0].islower() and name != name.lower() for name in names)
    assert len(set(names)) > 1500
    described = sum("description" in schema for _, schema in properties) / len(properties)
    assert 0.6 < described < 0.95
    types = {kind_of_value(schema) for _, schema in properties}
    assert types == {"string", "number", "integer", "boolean", "array"}


def kind_of_value(schema: dict[str, Any]) -> str:
    """The type of a property beside null."""
    return str(schema["type"] if isinstance(schema["type"], str) else schema["type"][0])


def test_a_description_tells_whether_the_currency_belongs_to_the_amount() -> None:
    told = {True: 0, False: 0}
    for record in generate(3, 400, {"shop_receipt"}):
        for name, field in record["schema"]["properties"].items():
            value, about = record["gold"][name], field.get("description", "").lower()
            if not isinstance(value, str) or "currency" in name.lower() or "curr" not in about:
                continue
            wide = "without" not in about
            assert wide == (re.search(r"[^\d.,\s\u2019']", value) is not None), (about, value)
            told[wide] += 1
    assert min(told.values()) >= 10


def test_a_receipt_may_show_its_date_without_a_word_for_it() -> None:
    labelled = {True: 0, False: 0}
    for record in generate(4, 300, {"shop_receipt"}):
        for name, value in record["gold"].items():
            day = record.get("spans", {}).get(name, value)
            if not name.lower().endswith("date") or "due" in name.lower() or day is None:
                continue
            lines = [" ".join(line.split()) for line in record["text"].split("\n")]
            line = next((line for line in lines if day in line), None)
            if line is None:
                continue
            labelled[re.match(r"[^\W\d_]{2,}", line) is not None and not line.startswith(day)] += 1
    assert min(labelled.values()) > 15, labelled


def test_the_same_seed_gives_the_same_records() -> None:
    assert list(generate(5, 40)) == list(generate(5, 40))


def test_a_longer_run_begins_with_the_shorter_one() -> None:
    assert list(generate(5, 30))[:10] == list(generate(5, 10))


def test_another_seed_gives_other_records() -> None:
    assert [record["text"] for record in generate(5, 10)] != [record["text"] for record in generate(6, 10)]


def test_two_runs_at_once_do_not_disturb_each_other() -> None:
    pairs = list(zip(generate(5, 20), generate(6, 20), strict=True))
    assert [first for first, _ in pairs] == list(generate(5, 20))


def test_another_process_gives_the_same_records() -> None:
    """Sets are in another order there: nothing may be drawn from one."""
    code = (
        "import hashlib, json\nfrom builder.finetune.documents import generate\n"
        "print(hashlib.sha256(json.dumps(list(generate(5, 150))).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="'poem' is not a kind of documents"):
        next(generate(1, 1, ["poem"]))


@pytest.mark.skipif(not EVALUATION.is_dir(), reason="the evaluation documents are not at hand")
def test_no_text_is_one_that_measures(records: list[dict[str, Any]], mixed: list[dict[str, Any]]) -> None:
    measured = set()
    for path in sorted(EVALUATION.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            measured.add(collapsed(json.loads(line).get("text", "")).lower())
    measured.discard("")
    assert len(measured) > 300
    assert not measured & {collapsed(record["text"]).lower() for record in [*records, *mixed]}
