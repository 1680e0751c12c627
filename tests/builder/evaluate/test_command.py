import json
from pathlib import Path

from click.testing import CliRunner

from builder.cli import main


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["eval", *arguments])
    return result.exit_code, result.output


def test_help_tells_the_form_of_a_record() -> None:
    code, output = run("--help")
    assert code == 0
    assert "id, text, schema and gold" in " ".join(output.split())


def test_a_missing_file_or_report_is_wrong_usage(tmp_path: Path) -> None:
    assert run("nowhere.jsonl", "--out", str(tmp_path / "report.json"))[0] == 2
    (tmp_path / "x.jsonl").touch()
    assert run(str(tmp_path / "x.jsonl"))[0] == 2
    assert run()[0] == 2
    assert run(str(tmp_path / "x.jsonl"), "--presets")[0] == 2


def test_the_presets_need_no_file(tmp_path: Path) -> None:
    out = tmp_path / "presets.json"
    code, output = run("--presets", "--engine", "baseline", "--limit", "2", "--out", str(out))
    assert code == 0, output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["all"]["documents"], report["all"]["fields"]) == (10, 84)
    assert f"{report['all']['right']} of 84 fields are right" in output
    assert "instead of" not in output
    assert "instead of" in run("--presets", "--engine", "baseline", "--verbose", "--out", str(out))[1]


def test_an_unusable_record_is_one_line_before_any_browser_starts(tmp_path: Path) -> None:
    records = tmp_path / "x.jsonl"
    records.write_text('{"id": 1}\n', encoding="utf-8")
    code, output = run(str(records), "--out", str(tmp_path / "report.json"), "--bundle", str(tmp_path))
    assert code == 1
    assert output.startswith("error: ")
    assert output.count("\n") == 1
    assert "x.jsonl:1 has no text, schema, gold" in output
    assert not (tmp_path / "report.json").exists()


def test_a_folder_without_a_bundle_is_one_line(tmp_path: Path) -> None:
    records = tmp_path / "x.jsonl"
    records.write_text('{"id": 1, "text": "Tea", "schema": {}, "gold": {}}\n', encoding="utf-8")
    code, output = run(str(records), "--out", str(tmp_path / "report.json"), "--bundle", str(tmp_path))
    assert code == 1
    assert output.startswith("error: ")
    assert output.count("\n") == 1


def test_the_baseline_needs_no_bundle_and_no_browser(tmp_path: Path) -> None:
    records = tmp_path / "shops.jsonl"
    schema = {"type": "object", "properties": {"email": {"type": ["string", "null"]}}}
    record = {"id": 1, "text": "Write to a@b.example", "schema": schema, "gold": {"email": "a@b.example"}}
    records.write_text(json.dumps(record), encoding="utf-8")
    out = tmp_path / "report.json"
    code, output = run(str(records), "--engine", "baseline", "--out", str(out), "--bundle", str(tmp_path))
    assert code == 0, output
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["sets"]["shops"]["f1"] == 1.0
    assert report["sets"]["shops"]["calibration_error"] is None
    assert (report["conditions"]["variant"], report["conditions"]["without"]) == ("baseline", [])


def test_only_known_parts_can_be_left_out(tmp_path: Path) -> None:
    records = tmp_path / "x.jsonl"
    records.touch()
    code, output = run(str(records), "--out", str(tmp_path / "report.json"), "--without", "gravity")
    assert code == 2
    assert "drafts" in output


def test_a_scoreboard_of_rules_needs_no_browser_and_is_kept(tmp_path: Path) -> None:
    records = tmp_path / "shops.jsonl"
    schema = {"type": "object", "properties": {"email": {"type": ["string", "null"]}}}
    record = {"id": 1, "text": "Write to a@b.example", "schema": schema, "gold": {"email": "a@b.example"}}
    records.write_text(json.dumps(record), encoding="utf-8")
    out = tmp_path / "board.json"
    code, output = run(str(records), "--scoreboard", "--rows", "rules", "--out", str(out))
    assert code == 0, output
    assert "| regular expressions and heuristics | 1.00 | 1.00 (1.00-1.00) |" in output
    assert list(json.loads(out.read_text(encoding="utf-8"))["rows"]) == ["rules"]
    assert [path.name[:11] for path in (tmp_path / "cells").iterdir()] == ["rules-shops"]


def test_what_means_nothing_in_a_mode_is_wrong_usage(tmp_path: Path) -> None:
    for wrong in (
        ["--scoreboard", "--verbose"],
        ["--presets", "--rows", "rules"],
        ["--scoreboard", "--rows", "x"],
    ):
        assert run(*wrong)[0] == 2
