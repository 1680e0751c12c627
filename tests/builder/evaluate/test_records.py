import json
from pathlib import Path

import pytest

from builder.evaluate.errors import RecordsError
from builder.evaluate.records import read_sets

RECORD = {"id": "a", "text": "Tea", "schema": {"type": "object"}, "gold": {}}


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_first_records_of_each_file_are_read(tmp_path: Path) -> None:
    lines = [json.dumps({**RECORD, "id": name, "source": "ignored"}) for name in "abc"]
    (one,) = read_sets([written(tmp_path, "shop.jsonl", *lines)], limit=2)
    assert one.name == "shop"
    assert [record.id for record in one.records] == ["a", "b"]
    assert one.records[0].text == "Tea"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("oops", r"x\.jsonl:1 is not JSON \(column 1\)"),
        ("[]", r"x\.jsonl:1 is not an object; mend or remove the line"),
        (json.dumps({"id": 1, "schema": {}}), r"x\.jsonl:1 has no text, gold"),
        (json.dumps({**RECORD, "text": 3}), r"x\.jsonl:1 has a text or a schema of the wrong type"),
        ("", "holds no records"),
    ],
)
def test_an_unusable_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(RecordsError, match=message):
        read_sets([written(tmp_path, "x.jsonl", line)], limit=None)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordsError, match="is not UTF-8 text"):
        read_sets([path], limit=None)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    line = json.dumps(RECORD)
    paths = [written(tmp_path, "x.jsonl", line), written(tmp_path / "b", "x.jsonl", line)]
    with pytest.raises(RecordsError, match="two files are named 'x'"):
        read_sets(paths, limit=None)
