"""Builds the web app with npm, and only when something changed.

Packages are current when what npm says it installed has the versions of `package-lock.json`. The build
is current when no source, no built file and no key has changed since the last one: a stamp keeps them all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.bundle.keys import TRUSTED_VARIABLE
from builder.errors import ExcerptError

NOT_SOURCES = {"node_modules", "dist", "coverage"}


class WebBuildFailedError(ExcerptError):
    """The sources or npm are missing, or what npm ran has failed."""


@dataclass(frozen=True, slots=True)
class WebProject:
    """The web app's folder, where the stamp and the logs of its builds go, and the public keys (hexadecimal)
    of those whose bundles it opens."""

    folder: Path
    cache: Path
    keys: tuple[str, ...]

    @property
    def dist(self) -> Path:
        """The built app."""
        return self.folder / "dist"

    @property
    def stamp(self) -> Path:
        """The hashes at the end of the last build."""
        return self.cache / "web-build.json"


def ensure_web(project: WebProject, report: Callable[[str], None]) -> bool:
    """Install and build what is needed, telling `report`; True if it built. Raises WebBuildFailedError."""
    if not (project.folder / "package-lock.json").is_file():
        raise WebBuildFailedError(
            f"there is no web app in {project.folder}", "run this in the checkout, or give a built one: --web"
        )
    if not packages_current(project.folder):
        report("Installing the web app's packages (npm ci)")
        _npm(project, "ci")
    if build_current(project):
        return False
    report("Building the web app (npm run build)")
    sources = digest(_sources(project.folder), project.folder)
    _npm(project, "run", "build")
    _write_stamp(project, sources)
    return True


def packages_current(folder: Path) -> bool:
    """Whether `node_modules` holds the versions that `package-lock.json` names.

    A package that is optional and absent belongs to another platform.
    """
    installed_list = folder / "node_modules" / ".package-lock.json"
    if not installed_list.is_file():
        return False
    wanted, installed = _packages(folder / "package-lock.json"), _packages(installed_list)
    return all(
        installed[name].get("version") == entry.get("version") if name in installed else entry.get("optional")
        for name, entry in wanted.items()
        if name
    )


def build_current(project: WebProject) -> bool:
    """Whether the built files are those of the present sources."""
    if not (project.dist / "index.html").is_file() or not project.stamp.is_file():
        return False
    return project.stamp.read_text(encoding="utf-8") == _stamp(
        project, digest(_sources(project.folder), project.folder)
    )


def digest(files: Iterable[Path], folder: Path) -> str:
    """One SHA-256 over the names (relative to `folder`) and contents of `files`."""
    whole = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def _packages(lock: Path) -> dict[str, dict[str, object]]:
    packages: dict[str, dict[str, object]] = json.loads(lock.read_bytes())["packages"]
    return packages


def _sources(folder: Path) -> list[Path]:
    """Every file of the web app but what is installed or built."""
    tops = [path for path in folder.iterdir() if path.name not in NOT_SOURCES]
    return [file for top in tops for file in ([top] if top.is_file() else _files(top))]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _write_stamp(project: WebProject, sources: str) -> None:
    project.cache.mkdir(parents=True, exist_ok=True)
    project.stamp.write_text(_stamp(project, sources), encoding="utf-8")


def _stamp(project: WebProject, sources: str) -> str:
    built = digest(_files(project.dist), project.dist)
    return json.dumps({"built": built, "keys": project.keys, "sources": sources})


def _npm(project: WebProject, *arguments: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise WebBuildFailedError("npm is not on PATH", "install Node.js 20 or newer with npm")
    log = project.cache / f"npm-{arguments[-1]}.log"
    if _run([npm, *arguments], project, log) != 0:
        raise WebBuildFailedError(f"`npm {' '.join(arguments)}` failed in {project.folder}", f"read {log}")


def _run(command: Sequence[str], project: WebProject, log: Path) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.run(
            command,
            cwd=project.folder,
            env={**os.environ, TRUSTED_VARIABLE: ",".join(project.keys)},
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
