"""What a source comes to on this disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.canonical import canonical_json

# Is told of what takes a while, as it begins.
Report = Callable[[str], None]


def silent(station: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Files:
    """A checkpoint on this disk: a folder with `config.json`, `tokenizer.json` and safetensors, or one GGUF
    file in a folder."""

    folder: Path
    gguf: str | None = None


def described(hashes: Mapping[str, str]) -> dict[str, str]:
    """Files by their SHA-256, for the manifest: their names, and one SHA-256 over the sorted list of both."""
    digest = hashlib.sha256(canonical_json(dict(hashes))).hexdigest()
    return {"files": " ".join(sorted(hashes)), "files_sha256": digest}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
