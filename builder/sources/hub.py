"""`hub:`, files of a repository on a model hub, pinned by a lock file beside the recipe.

The first fetch records the commit that the recipe's revision stood for and the SHA-256 of every file; from
then on exactly these files are fetched and checked, on every machine that has the lock file. A download that
broke off goes on where it ended. Two variables of the environment decide how the hub is reached:
`HF_ENDPOINT` its address (the hub library's own without it), `HF_TOKEN` a token, which is sent to nobody else
and written nowhere.
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.bundle.rules import SHA256
from builder.errors import SourceError
from builder.records import ShapeError, read_record
from builder.sources.files import Files, Report, described, sha256_of, silent
from builder.sources.folder import SHARD_INDEX, shards_of

REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
REVISION = re.compile(r"[A-Za-z0-9][\w./-]*", re.ASCII)
COMMIT = re.compile(r"[0-9a-f]{40}")
FILE = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
# What transformers takes for no part of a module's name, which it makes of every folder.
NO_WORD = re.compile(r"\W+", re.ASCII)
RECORD_ANEW = "remove the lock file to record the files anew, if they are meant to be others"


@dataclass(frozen=True)
class LockedFile:
    """One file of a repository as it was when it was first fetched."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Lock:
    """What a recipe's revision stood for when it was first fetched."""

    repository: str
    revision: str
    commit: str
    files: dict[str, LockedFile]


@dataclass(frozen=True)
class HubSource:
    """A repository, a branch, tag or commit of it, and the files to take. `lock` is the lock file, counted
    from the recipe's folder; `NAME.lock.json` beside the recipe unless it is given."""

    kind: Literal["hub"]
    repository: str
    revision: str
    files: tuple[str, ...]
    lock: str = ""

    @property
    def name(self) -> str:
        """What is fetched, for a person."""
        return self.repository

    def complaint(self) -> str | None:
        """What is wrong with it, or None."""
        if not REPOSITORY.fullmatch(self.repository):
            return f"repository {self.repository!r} is not of the form owner/name"
        if not REVISION.fullmatch(self.revision) or ".." in self.revision:
            return f"revision {self.revision!r} is no branch, tag or commit"
        if wrong := [name for name in self.files if not FILE.fullmatch(name)]:
            return f"file {wrong[0]!r} is not a plain file name"
        if not self.files or len(set(self.files)) != len(self.files):
            return "files are one or more names, each once"
        return None

    def placed(self, recipe: Path) -> HubSource:
        """The source with its lock file counted from where the process stands."""
        lock = recipe.parent / self.lock if self.lock else recipe.with_suffix(".lock.json")
        return dataclasses.replace(self, lock=str(lock.resolve()))

    def settle(self, cache: Path, report: Report = silent) -> None:
        """Write the lock file where there is none: that needs every file. Raises SourceError."""
        if not Path(self.lock).is_file():
            write_lock(first_fetch(self, cache, report), Path(self.lock))

    def identity(self) -> dict[str, object]:
        """What decides the weights. Raises SourceError where the lock file cannot be used."""
        lock = read_lock(self)
        hashes = {name: locked.sha256 for name, locked in lock.files.items()}
        return {"kind": self.kind, "repository": lock.repository, "commit": lock.commit, "files": hashes}

    def describe(self) -> dict[str, str]:
        """Where the weights come from, for the manifest. Raises SourceError as `identity` does."""
        lock = read_lock(self)
        hashes = {name: locked.sha256 for name, locked in lock.files.items()}
        return {"repository": lock.repository, "commit": lock.commit, **described(hashes)}

    def fetch(self, cache: Path) -> Files:
        """The locked files in `cache`, those that are missing fetched.

        Raises SourceError where one cannot be had, or is not the one that the lock file records.
        """
        from builder.sources.download import download

        lock = read_lock(self)
        folder = folder_of(self, lock.commit, cache)
        for name, locked in lock.files.items():
            path = download(self.repository, name, lock.commit, folder)
            if (found := sha256_of(path)) != locked.sha256:
                path.unlink()
                raise SourceError(
                    f"{name} of {self.repository} has SHA-256 {found}, {self.lock} records {locked.sha256}",
                    f"the file was removed; try again, or {RECORD_ANEW}",
                )
        return files_in(folder, list(lock.files))


def first_fetch(source: HubSource, cache: Path, report: Report) -> Lock:
    """Fetch every file for the first time and say what was found. Raises SourceError."""
    from builder.sources.download import commit_of, download

    commit = commit_of(source.repository, source.files[0], source.revision)
    folder = folder_of(source, commit, cache)

    def fetched(name: str) -> Path:
        report(f"Fetching {name} of {source.repository}")
        return download(source.repository, name, commit, folder)

    paths = {name: fetched(name) for name in source.files}
    if SHARD_INDEX in paths:
        paths |= {name: fetched(name) for name in shards_of(paths[SHARD_INDEX]) if name not in paths}
    files = {name: LockedFile(path.stat().st_size, sha256_of(path)) for name, path in sorted(paths.items())}
    return Lock(source.repository, source.revision, commit, files)


def folder_of(source: HubSource, commit: str, cache: Path) -> Path:
    """Where a repository's files lie in the cache."""
    return cache / "sources" / f"{NO_WORD.sub('_', source.repository)}_{commit[:16]}"


def files_in(folder: Path, names: list[str]) -> Files:
    """What fetched files come to."""
    gguf = [name for name in names if name.endswith(".gguf")]
    return Files(folder, gguf[0] if gguf else None)


def write_lock(lock: Lock, path: Path) -> None:
    """Write a lock file, for people to read and to keep. Raises SourceError where that is not allowed."""
    try:
        path.write_text(json.dumps(dataclasses.asdict(lock), indent=2, sort_keys=True) + "\n", "utf-8")
    except OSError as error:
        raise SourceError(
            f"the lock file {path} cannot be written ({type(error).__name__})",
            "copy the recipe into a folder of your own and build it by its path",
        ) from error


def read_lock(source: HubSource) -> Lock:
    """A source's lock file. Raises SourceError where it cannot be read or is for something else."""
    path = Path(source.lock)
    try:
        lock = read_record(Lock, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ShapeError) as error:
        raise SourceError(f"the lock file {path} cannot be read: {error}", RECORD_ANEW) from error
    asked = (source.repository, source.revision)
    if (lock.repository, lock.revision) != asked or not set(source.files) <= set(lock.files):
        raise SourceError(f"the lock file {path} is for other files than the recipe names", RECORD_ANEW)
    hashes = [locked.sha256 for locked in lock.files.values()]
    names_fit = all(FILE.fullmatch(name) for name in lock.files)
    if not COMMIT.fullmatch(lock.commit) or not names_fit or not all(map(SHA256.fullmatch, hashes)):
        raise SourceError(f"the lock file {path} holds no commit and hashes", RECORD_ANEW)
    return lock
