"""`path:`, a checkpoint on this disk: a folder as transformers saves it, or a GGUF file."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.errors import SourceError
from builder.sources.files import Files, Report, described, sha256_of, silent
from builder.sources.folder import TOKENIZER, checkpoint_names


@dataclass(frozen=True)
class PathSource:
    """A folder or a `.gguf` file, counted from the recipe's folder. What it holds decides the bundle, its
    place does not."""

    kind: Literal["path"]
    path: str

    @property
    def name(self) -> str:
        """What is fetched, for a person."""
        return self.path

    def complaint(self) -> str | None:
        """What is wrong with it, or None."""
        return None if self.path else "path is empty"

    def placed(self, recipe: Path) -> PathSource:
        """The source with its path counted from where the process stands."""
        return dataclasses.replace(self, path=str((recipe.parent / self.path).resolve()))

    def settle(self, cache: Path, report: Report = silent) -> None:
        """Nothing is left open."""

    def identity(self) -> dict[str, object]:
        """What decides the weights. Raises SourceError for a missing file."""
        return {"kind": self.kind, "files": hashes_of(self)}

    def describe(self) -> dict[str, str]:
        """Where the weights come from, for the manifest: the place stays on this machine."""
        return described(hashes_of(self))

    def fetch(self, cache: Path) -> Files:
        """The files where they lie. Raises SourceError for a missing one."""
        path = Path(self.path)
        names_of(self)
        return Files(path.parent, path.name) if path.is_file() else Files(path)


def names_of(source: PathSource) -> list[str]:
    """The names of the files that a source comes to. Raises SourceError for a missing one."""
    path = Path(source.path)
    if path.is_dir():
        return checkpoint_names(path)
    if path.is_file() and path.suffix == ".gguf":
        return [path.name, *(name for name in (TOKENIZER,) if (path.parent / name).is_file())]
    there = "is no GGUF file" if path.exists() else "is not there"
    raise SourceError(
        f"{path} {there}", "name a .gguf file, or a folder with config.json, tokenizer.json and safetensors"
    )


def hashes_of(source: PathSource) -> dict[str, str]:
    """The SHA-256 of every file of a source by its name. Raises SourceError."""
    path = Path(source.path)
    folder = path if path.is_dir() else path.parent
    return {name: hash_of(folder / name) for name in names_of(source)}


def hash_of(path: Path) -> str:
    """The SHA-256 of a file; a build asks for it several times, and gigabytes take seconds."""
    state = path.stat()
    return hash_in_state(path, state.st_size, state.st_mtime_ns)


@functools.lru_cache(maxsize=64)
def hash_in_state(path: Path, size: int, changed: int) -> str:
    """The SHA-256 of a file of this size that was last changed then, read once in a process."""
    return sha256_of(path)
