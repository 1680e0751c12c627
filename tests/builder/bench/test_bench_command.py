from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["bench", *arguments])
    return result.exit_code, " ".join(result.output.split())


def test_help_says_what_is_installed_and_how_to_go_on() -> None:
    code, output = run("--help")
    assert code == 0
    assert "495 MB of npm packages in .cache/bench" in output
    assert "--resume goes on with it" in output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--only", "sroie,receipts"], "'receipts' is none of sroie, usaddress, invoice"),
        (["--peers", ""], "'' is none of transformers.js, wllama"),
        (["--rounds", "0"], "0 is not in the range x>=1"),
        (["--documents", "-3"], "-3 is not in the range x>=1"),
        (["--growth", "--peers", "wllama"], "--growth starts no peer, so --peers has no meaning beside it"),
        (["--growth", "--resume"], "--growth starts no peer, so --resume has no meaning beside it"),
        (["--bundle", "nowhere"], "Directory 'nowhere' does not exist"),
    ],
)
def test_wrong_usage_is_a_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    code, output = run("--bundle", str(tmp_path), *arguments)
    assert code == 2
    assert sentence in output


def test_missing_records_are_one_line_before_anything_starts(tmp_path: Path) -> None:
    code, output = run(
        "--bundle", str(tmp_path), "--records", str(tmp_path), "--out", str(tmp_path / "r.json")
    )
    assert code == 1
    assert output.startswith("error: there are no records")
    assert list(tmp_path.iterdir()) == []
