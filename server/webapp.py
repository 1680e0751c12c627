"""The table of the web app's files: every file of the build, under its own path, and the shell under `/`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from server.copies import copy_compressed, copy_plain
from server.errors import WebBuildError
from server.files import IMMUTABLE, REVALIDATE, Resource
from server.negotiation import IDENTITY

SHELL = "/index.html"
# Vite puts a content hash into the names of what it emits there: app-B3xk_9aQ.js.
HASHED = re.compile(r"/assets/.+-[A-Za-z0-9_-]{8}\.[A-Za-z0-9.]+")

TEXT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".ts": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",  # no text, but it shrinks to a fifth
    ".webmanifest": "application/manifest+json",
}
BINARY_TYPES = {
    ".ico": "image/x-icon",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
UNKNOWN_TYPE = "application/octet-stream"


def web_resources(web: Path, cache: Path) -> dict[str, Resource]:
    """Every file of the build in `web`, by URL path; their copies go to `cache`. Raises WebBuildError."""
    if not (web / SHELL[1:]).is_file():
        raise WebBuildError(f"the web app is not built ({web} has no index.html)", "run excerpt up")
    table = {f"/{name}": _resource(web / name, f"/{name}", cache) for name in _names(web)}
    return {"/": table[SHELL], **table}


def web_version(table: Mapping[str, Resource]) -> str:
    """Sixteen hexadecimal digits that change whenever any byte of any file does."""
    plain = (
        (url, form)
        for url in sorted(table)
        for form in table[url].representations
        if form.encoding == IDENTITY
    )
    lines = (f"{url} {form.sha256}\n" for url, form in plain)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def _names(web: Path) -> list[PurePosixPath]:
    files = (path for path in web.rglob("*") if path.is_file())
    return sorted(PurePosixPath(path.relative_to(web)) for path in files)


def _resource(path: Path, url: str, cache: Path) -> Resource:
    cache_control = IMMUTABLE if HASHED.fullmatch(url) else REVALIDATE
    text_type = TEXT_TYPES.get(path.suffix)
    if text_type is not None:
        return Resource(text_type, cache_control, copy_compressed(path.read_bytes(), cache))
    return Resource(
        BINARY_TYPES.get(path.suffix, UNKNOWN_TYPE), cache_control, copy_plain(path.read_bytes(), cache)
    )
