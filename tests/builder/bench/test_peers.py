from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import httpx2 as httpx
import pytest

from builder.bench.errors import BenchError
from builder.bench.peers.packages import HERE, install, pinned
from builder.bench.peers.site import wllama_site
from builder.bench.stage import SCRIPTS
from server.run import serving


def test_every_peer_is_pinned_to_one_version() -> None:
    assert set(pinned()) == {
        "@huggingface/transformers",
        "@huggingface/transformers-structured-output",
        "@wllama/wllama",
    }
    assert [version for version in pinned().values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == pinned()


def test_what_is_installed_for_this_lock_stays(tmp_path: Path) -> None:
    packages = tmp_path / "node_modules"
    packages.mkdir()
    shutil.copy(HERE / "package-lock.json", packages / ".excerpt-lock")
    said: list[str] = []
    assert install(tmp_path, said.append) == packages
    assert said == []


def test_without_npm_there_are_no_peers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said: list[str] = []
    with pytest.raises(BenchError, match="npm is missing; install Node"):
        install(tmp_path / "peers", said.append)
    assert "495 MB" in said[0]
    assert "@wllama/wllama 3.8.1" in said[0]


def test_a_peer_is_served_isolated(tmp_path: Path) -> None:
    code = tmp_path / "@wllama" / "wllama" / "esm"
    code.mkdir(parents=True)
    (code / "index.js").write_text("export {};", encoding="utf-8")
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    with (
        serving(wllama_site(tmp_path, tmp_path / "model.gguf")) as origin,
        httpx.Client(base_url=origin) as client,
    ):
        answers = [client.get(path) for path in ("/", "/wllama/index.js", "/models/model.gguf")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    for answer in answers:
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-embedder-policy"] == "require-corp"


@pytest.mark.parametrize("name", ["excerpt.js", "transformers.js", "wllama.js"])
def test_every_page_learns_to_answer(name: str) -> None:
    assert "globalThis.ask = " in (SCRIPTS / name).read_text(encoding="utf-8")
