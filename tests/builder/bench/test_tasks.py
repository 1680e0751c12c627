from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.bench.errors import BenchError
from builder.bench.tasks import Task, choose, read_tasks
from builder.evaluate.records import Record
from builder.evaluate.scoring import JsonValue


def records(count: int) -> list[Record]:
    return [Record(str(number), "text", {}, None) for number in range(count)]


def test_a_smaller_choice_is_the_beginning_of_a_larger_one() -> None:
    every = records(110)
    twenty = choose(every, 20)
    assert [record.id for record in choose(every, 5)] == [record.id for record in twenty[:5]]
    assert len({record.id for record in twenty}) == 20
    assert twenty != every[:20]


def test_more_than_there_are_is_all() -> None:
    assert len(choose(records(3), 20)) == 3


def test_the_tasks_of_a_file_and_the_invoice(tmp_path: Path) -> None:
    lines = [{"id": f"r{number}", "text": "t", "schema": {}, "gold": {}} for number in range(4)]
    (tmp_path / "sroie.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    tasks = read_tasks(("sroie", "invoice"), tmp_path, 2)
    assert [task.set for task in tasks] == ["sroie", "sroie", "invoice"]
    assert "Harbour Light Studio" in tasks[-1].text
    assert isinstance(tasks[-1].gold, dict)
    assert str(tasks[-1].gold["total"]) in tasks[-1].text


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"no records .*usaddress\.jsonl; name the folder .*--records"):
        read_tasks(("usaddress",), tmp_path, 1)


def test_the_instruction_names_every_field_and_allows_null_only_where_the_schema_does() -> None:
    total: dict[str, JsonValue] = {"type": "string"}
    shop: JsonValue = {"type": "string", "description": "Who sells"}
    schema: dict[str, JsonValue] = {"properties": {"shop": shop, "total": total}}
    told = Task("s", "a", "text", schema, {}).instruction
    assert '"shop" (Who sells), "total".' in told
    assert "null" not in told
    total["type"] = ["string", "null"]
    assert Task("s", "a", "text", schema, {}).instruction.endswith(
        "If the text does not say it, answer null."
    )
