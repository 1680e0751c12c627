from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from builder.cli import COMMANDS, LazyCommands, main
from builder.errors import ExcerptError

README = Path(__file__).parents[2] / "README.md"
HEAVY = {"numpy", "onnx", "onnxruntime", "optimum", "playwright", "torch", "transformers"}
SECRET = "the text of a document"


class OneCommand(LazyCommands):
    """The root command with a single sub-command, `act`, which calls `action`."""

    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__(name="excerpt")
        self.act = click.Command("act", callback=action)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.act if cmd_name == "act" else None


def run(action: Callable[[], object]) -> Result:
    return CliRunner().invoke(OneCommand(action), ["act"])


def raise_(error: BaseException) -> None:
    raise error


def sub_command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
def test_help(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    found = sub_command(name)
    assert found.name == name
    assert found.help
    options = [option for option in found.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_readme_documents_every_command_and_no_other() -> None:
    named = set(re.findall(r"`excerpt ([a-z]+)", README.read_text(encoding="utf-8")))
    assert named == set(COMMANDS)


def test_no_command_is_slow_to_name() -> None:
    """Importing every command imports nothing that takes seconds."""
    script = "\n".join(
        (
            "import sys, click",
            "from builder.cli import main",
            "context = click.Context(main)",
            "[main.get_command(context, name) for name in main.list_commands(context)]",
            f"print(*sorted({HEAVY!r} & set(sys.modules)))",
        )
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert re.fullmatch(r"excerpt \d+\.\d+\.\d+\n", result.output)


@pytest.mark.parametrize("arguments", [["nothing"], ["serve", "--port", "many"], ["serve", "--nothing"]])
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_an_error_is_one_line_with_advice() -> None:
    result = run(lambda: raise_(ExcerptError("the shard a.bin is missing", "build again: excerpt build")))
    assert result.exit_code == 1
    assert result.stderr == "error: the shard a.bin is missing; build again: excerpt build\n"
    assert result.stdout == ""


def test_a_defect_is_one_line_and_its_details_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(lambda: raise_(KeyError(SECRET)))
    assert result.exit_code == 1
    assert re.fullmatch(r"error: [^\n]*KeyError[^\n]*\.cache/last-error\.txt\n", result.stderr)
    assert SECRET not in result.stderr
    assert "Traceback" in (tmp_path / ".cache/last-error.txt").read_text()


def test_details_go_elsewhere_if_they_must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".cache").write_text("a file where the folder should be")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run(lambda: raise_(KeyError("x")))
    assert "excerpt-last-error.txt" in result.stderr
    assert "KeyError" in (tmp_path / "excerpt-last-error.txt").read_text()


def test_ctrl_c_is_130() -> None:
    result = run(lambda: raise_(KeyboardInterrupt()))
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_success_is_0() -> None:
    result = run(lambda: click.echo("done"))
    assert (result.exit_code, result.output) == (0, "done\n")
