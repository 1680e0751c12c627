"""Copies of the web app's files, kept in the cache by content hash: as they are, and compressed once for all.

Serving from copies means that a web app rebuilt under a running server never mixes with the one being served,
and that nothing is compressed per request. A copy is written under a temporary name and renamed, so several
servers may share a cache.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli

from server.negotiation import IDENTITY

# ONNX Runtime's WebAssembly (14.2 MB): quality 9 gives 2.69 MB in 1.4 s, quality 11 gives 2.36 MB in 30 s.
BEST_UP_TO = 1 << 20


@dataclass(frozen=True, slots=True)
class Representation:
    """One form of a resource: the file, its coding, its length and the SHA-256 of its bytes."""

    path: Path
    encoding: str
    bytes: int
    sha256: str


def copy_plain(content: bytes, cache: Path) -> tuple[Representation, ...]:
    """Keep `content` in `cache`, uncompressed."""
    return (_keep(content, IDENTITY, cache / hashlib.sha256(content).hexdigest()),)


def copy_compressed(content: bytes, cache: Path) -> tuple[Representation, ...]:
    """Keep `content` in `cache`, with compressed forms where they are smaller; the smallest comes first."""
    base = hashlib.sha256(content).hexdigest()
    forms = [_keep(content, IDENTITY, cache / base)]
    for encoding, compress in ENCODERS.items():
        forms.append(_compressed(content, encoding, compress, cache / f"{base}.{encoding}"))
    return tuple(sorted((form for form in forms if form.bytes <= len(content)), key=lambda form: form.bytes))


def _compressed(
    content: bytes, encoding: str, compress: Callable[[bytes], bytes], path: Path
) -> Representation:
    packed = path.read_bytes() if path.is_file() else compress(content)
    return _keep(packed, encoding, path)


def _keep(content: bytes, encoding: str, path: Path) -> Representation:
    if not path.is_file() or path.stat().st_size != len(content):
        _write(path, content)
    return Representation(path, encoding, len(content), hashlib.sha256(content).hexdigest())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def _brotli(content: bytes) -> bytes:
    small = len(content) <= BEST_UP_TO
    packed: bytes = brotli.compress(content, quality=11 if small else 9)
    return packed


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


# The content codings of HTTP, in the order of our liking where two come out equally small.
ENCODERS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
