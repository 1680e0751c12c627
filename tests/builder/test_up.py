from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_taken_port_is_told_before_anything_is_built(empty_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["up", "--port", str(port)])
    assert result.exit_code == 1
    assert f"port {port} of 127.0.0.1 is in use" in result.stderr
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--only", "web"], ["--port", "0"]])
def test_without_a_web_app_it_says_so(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["up", *arguments])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: there is no web app in web; ")
    assert result.stderr.count("\n") == 1


def test_what_is_given_is_not_built(empty_folder: Path) -> None:
    result = CliRunner().invoke(main, ["up", "--port", "0", "--web", "built", "--bundle", "made"])
    assert result.exit_code == 1
    assert result.stderr == "error: the web app is not built (built has no index.html); run excerpt up\n"
    assert not (empty_folder / "dist").exists()
