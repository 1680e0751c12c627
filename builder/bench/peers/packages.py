"""The peers' packages: pinned by the lock file beside this module, installed when a benchmark needs them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from builder.bench.errors import BenchError

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", ".npmrc")
# What npm fetches and unpacks for them; most of it is a runtime for Node that transformers.js brings along.
MEGABYTES = 495


def pinned() -> dict[str, str]:
    """The peers and their exact versions."""
    packages: dict[str, str] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return packages


def install(folder: Path, report: Callable[[str], None]) -> Path:
    """Install the peers into `folder` unless that was done for this very lock; gives its `node_modules`.

    Raises BenchError when npm is missing or fails.
    """
    packages = folder / "node_modules"
    mark, lock = packages / ".excerpt-lock", (HERE / "package-lock.json").read_bytes()
    if mark.is_file() and mark.read_bytes() == lock:
        return packages
    names = ", ".join(f"{name} {version}" for name, version in pinned().items())
    report(f"Installing the peers, {MEGABYTES} MB into {folder} (once): {names}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, folder / name)
    _npm_ci(folder)
    mark.write_bytes(lock)
    return packages


def _npm_ci(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise BenchError("npm is missing", "install Node.js 20 or newer")
    done = subprocess.run(
        [npm, "ci", "--loglevel=error"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        (folder / "npm.log").write_text(done.stdout + done.stderr, encoding="utf-8")
        raise BenchError(
            f"npm could not install the peers (exit code {done.returncode})",
            f"read {folder / 'npm.log'}, then try again",
        )
