"""What must not stand in any tracked file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Put together here, so that this file does not hold what it forbids. A set-up takes packages from wherever
# the machine's own pip and npm are told to.
PACKAGE_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("download", "pytorch", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
    )
)
RESOLVED = re.compile(rb'"resolved"\s*:\s*"https?:')


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("host", PACKAGE_HOSTS)
def test_no_package_host_is_named(host: str) -> None:
    naming = [str(path.relative_to(ROOT)) for path in tracked_files() if host.encode() in path.read_bytes()]
    assert naming == []


def test_the_lock_names_no_address() -> None:
    assert (ROOT / "web" / "package-lock.json").is_file()
    resolved = [path.name for path in tracked_files() if RESOLVED.search(path.read_bytes())]
    assert resolved == []


def test_every_python_package_is_pinned() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []
    assert "torch==2.13.0" in lines
