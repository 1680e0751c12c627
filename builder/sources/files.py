"""What a source comes to on this disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Files:
    """A checkpoint on this disk: a folder with `config.json`, `tokenizer.json` and safetensors, or one GGUF
    file in a folder."""

    folder: Path
    gguf: str | None = None


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
