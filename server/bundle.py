"""The table of a bundle's files: its manifest and exactly the files that the manifest names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.copies import Representation, copy_compressed
from server.errors import BundleError
from server.files import IMMUTABLE, REVALIDATE, Resource
from server.negotiation import IDENTITY

# The first sixteen digits of the content's SHA-256, then a suffix: a name can never lead out of the folder.
FILE_NAME = re.compile(r"(?P<hash>[0-9a-f]{16})\.[a-z0-9]{1,8}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPES = {".json": "application/json"}
ADVICE = "Build it again: excerpt build."


@dataclass(frozen=True, slots=True)
class ServedBundle:
    """A bundle as the server needs it: who it is, and its files by URL path."""

    name: str
    version: str
    resources: dict[str, Resource]


def read_bundle(folder: Path, cache: Path) -> ServedBundle:
    """Read the manifest in `folder` and table the files it names; a copy of the manifest goes to `cache`.

    The files' hashes come from the manifest and are not computed here: the browser checks every shard before
    it uses it, and `excerpt verify` checks them all. Raises BundleError.
    """
    path = folder / "manifest.json"
    manifest = _read(path)
    files = {f"/bundle/{form.path.name}": form for form in _files(manifest, folder)}
    resources = {url: _resource(form) for url, form in files.items()}
    resources["/bundle/manifest.json"] = Resource(
        "application/json", REVALIDATE, copy_compressed(path, cache)
    )
    return ServedBundle(_text(manifest, "name"), _text(manifest, "version"), resources)


def _read(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise BundleError(
            f"There is no bundle: {path} does not exist.", "Build one: excerpt build."
        ) from None
    except ValueError as error:
        raise BundleError(f"{path} is no JSON ({type(error).__name__}).", ADVICE) from error
    if not isinstance(manifest, dict) or manifest.get("format") != 1:
        raise BundleError(f"{path} is no manifest of format 1.", ADVICE)
    return manifest


def _files(manifest: dict[str, Any], folder: Path) -> Iterator[Representation]:
    """Every file entry of the manifest, in its order."""
    try:
        entries = [manifest["tokenizer"]]
        for variant in manifest["variants"]:
            entries += [variant["graph"], *variant["shards"]]
    except (KeyError, TypeError) as error:
        raise BundleError(f"The manifest in {folder} lacks its list of files.", ADVICE) from error
    return (_entry(entry, folder) for entry in entries)


def _entry(entry: Any, folder: Path) -> Representation:  # noqa: ANN401 (JSON, checked here)
    try:
        name, size, sha256 = entry["file"], entry["bytes"], entry["sha256"]
    except (KeyError, TypeError) as error:
        raise BundleError(
            f"The manifest in {folder} has a file entry without its hash or length.", ADVICE
        ) from error
    if not (isinstance(size, int) and size >= 0 and isinstance(sha256, str) and SHA256.fullmatch(sha256)):
        raise BundleError(f"The manifest in {folder} has a file entry with a wrong hash or length.", ADVICE)
    match = FILE_NAME.fullmatch(name) if isinstance(name, str) else None
    if match is None or not sha256.startswith(match["hash"]):
        raise BundleError(f"The manifest in {folder} names {name!r}, which is not named by its hash.", ADVICE)
    return Representation(folder / name, IDENTITY, size, sha256)


def _resource(form: Representation) -> Resource:
    # Weights hardly shrink, and a download that is resumed by ranges must count the file's own bytes.
    media_type = MEDIA_TYPES.get(form.path.suffix, "application/octet-stream")
    return Resource(media_type, IMMUTABLE, (form,))


def _text(manifest: dict[str, Any], key: str) -> str:
    value = manifest.get(key)
    if not isinstance(value, str):
        raise BundleError(f"The manifest has no {key}.", ADVICE)
    return value
