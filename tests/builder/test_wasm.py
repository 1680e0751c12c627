"""The runtime that ships: a token's result has the same bits, however the tokens are cut into runs, and
whatever branches run beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from builder.pipeline import CHECKOUT

RUNTIME = CHECKOUT / "web" / "node_modules" / "onnxruntime-web" / "dist"
SCRIPT = Path(__file__).parent / "wasm_runs.mjs"


@pytest.mark.parametrize("threads", [1, 2])
def test_the_bits_do_not_depend_on_the_cut(tiny_bundle: Path, threads: int) -> None:
    node = shutil.which("node")
    if node is None or not RUNTIME.is_dir():
        pytest.skip("onnxruntime-web is not installed; run `make setup`")
    command = [node, str(SCRIPT), str(tiny_bundle), str(RUNTIME), str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["spread"] > 0.1
    assert found["differences"] == dict.fromkeys(found["differences"], 0)
    assert len(found["differences"]) == 8
