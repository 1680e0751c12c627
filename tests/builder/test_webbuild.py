from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import pytest

from builder.webbuild import (
    WebBuildFailedError,
    WebProject,
    build_current,
    digest,
    ensure_web,
    packages_current,
)

# A npm that does what the real one does to the folders that we look at, and notes that it was called.
FAKE_NPM = """#!/bin/sh
echo "$@" >> ../npm-calls
echo "$EXCERPT_PUBLIC_KEYS" > ../pinned
case "$1" in
  ci) mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json ;;
  run) mkdir -p dist && cat src/*.ts > dist/index.html ;;
esac
test ! -e ../fail
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebProject:
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(FAKE_NPM)
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "src" / "app.ts").write_text("first")
    write_lock(tmp_path / "web", {"preact": "1.0.0"})
    return WebProject(tmp_path / "web", tmp_path / "cache", ("ab" * 32,))


def write_lock(web: Path, versions: dict[str, str], optional: tuple[str, ...] = ()) -> None:
    packages = {
        f"node_modules/{name}": {"version": version, **({"optional": True} if name in optional else {})}
        for name, version in versions.items()
    }
    (web / "package-lock.json").write_text(json.dumps({"packages": {"": {}, **packages}}))


def build(project: WebProject) -> tuple[bool, list[str]]:
    """Whether it built, and what npm was called with."""
    calls = project.folder.parent / "npm-calls"
    calls.unlink(missing_ok=True)
    built = ensure_web(project, lambda line: None)
    return built, calls.read_text().splitlines() if calls.exists() else []


def test_the_first_time_installs_and_builds(project: WebProject) -> None:
    assert build(project) == (True, ["ci", "run build"])
    assert (project.dist / "index.html").read_text() == "first"


def test_the_second_time_does_nothing(project: WebProject) -> None:
    build(project)
    assert build(project) == (False, [])


def test_a_changed_source_builds(project: WebProject) -> None:
    build(project)
    (project.folder / "src" / "app.ts").write_text("second")
    assert build(project) == (True, ["run build"])
    assert (project.dist / "index.html").read_text() == "second"


def test_another_key_builds_and_is_what_npm_is_told(project: WebProject) -> None:
    build(project)
    assert "abab" in (project.cache / "web-build.json").read_text()
    other = dataclasses.replace(project, keys=("cd" * 32, "ef" * 32))
    assert build(other) == (True, ["run build"])
    assert (project.folder.parent / "pinned").read_text() == f"{'cd' * 32},{'ef' * 32}\n"
    assert build(other) == (False, [])


def test_a_source_that_is_touched_only_does_not(project: WebProject) -> None:
    build(project)
    (project.folder / "src" / "app.ts").touch()
    assert build(project) == (False, [])


def test_a_changed_or_missing_result_builds(project: WebProject) -> None:
    build(project)
    (project.dist / "index.html").write_text("by hand")
    assert build(project) == (True, ["run build"])
    (project.dist / "index.html").unlink()
    assert build(project) == (True, ["run build"])


def test_a_changed_lock_installs(project: WebProject) -> None:
    build(project)
    write_lock(project.folder, {"preact": "1.0.1"})
    assert build(project) == (True, ["ci", "run build"])


def test_a_package_for_another_platform_is_not_missed(project: WebProject) -> None:
    build(project)
    write_lock(project.folder, {"preact": "1.0.0", "fsevents": "2.0.0"}, optional=("fsevents",))
    assert packages_current(project.folder)
    write_lock(project.folder, {"preact": "1.0.0", "vite": "7.0.0"})
    assert not packages_current(project.folder)


def test_a_failed_build_is_told_and_tried_again(project: WebProject) -> None:
    (project.folder.parent / "fail").touch()
    with pytest.raises(WebBuildFailedError, match=r"`npm ci` failed.*npm-ci\.log"):
        build(project)
    (project.folder.parent / "fail").unlink()
    assert not build_current(project)
    assert build(project)[0]


def test_missing_sources_are_told(tmp_path: Path) -> None:
    with pytest.raises(WebBuildFailedError, match=r"no web app in .*--web"):
        ensure_web(WebProject(tmp_path / "web", tmp_path / "cache", ()), lambda line: None)


def test_a_missing_npm_is_told(project: WebProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(WebBuildFailedError, match="install Node"):
        build(project)


def test_a_digest_sees_names_and_contents(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("x")
    second.write_text("y")
    whole = digest([first, second], tmp_path)
    assert digest([second, first], tmp_path) == whole
    first.write_text("y")
    second.write_text("x")
    assert digest([first, second], tmp_path) != whole
