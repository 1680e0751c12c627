"""The table of a bundle's files: its manifest and exactly the files that the manifest names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.errors import BundleError
from builder.manifest import MANIFEST_NAME, FileEntry, parse_manifest
from server.copies import Representation, copy_compressed
from server.files import IMMUTABLE, REVALIDATE, Resource
from server.negotiation import IDENTITY

PREFIX = "/bundle/"
JSON = "application/json"
MEDIA_TYPES = {".json": JSON}


@dataclass(frozen=True, slots=True)
class ServedBundle:
    """A bundle as the server needs it: who it is, and its files by URL path."""

    name: str
    version: str
    resources: dict[str, Resource]


def read_bundle(folder: Path, cache: Path) -> ServedBundle:
    """Read the manifest in `folder` and table the files it names; a copy of the manifest goes to `cache`.

    The hashes are the manifest's and not computed here: the browser checks every shard before it uses it, and
    `excerpt verify` checks them all. Raises BundleError.
    """
    content = _read(folder / MANIFEST_NAME)
    manifest = parse_manifest(content)
    resources = {PREFIX + entry.file: _resource(entry, folder) for entry in manifest.files()}
    resources[PREFIX + MANIFEST_NAME] = Resource(JSON, REVALIDATE, copy_compressed(content, cache))
    return ServedBundle(manifest.name, manifest.version, resources)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise BundleError(f"there is no bundle: {path} does not exist", "build one: excerpt build") from None


def _resource(entry: FileEntry, folder: Path) -> Resource:
    # One form only: weights hardly shrink, and a download resumed by ranges counts the file's own bytes.
    path = folder / entry.file
    media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    return Resource(media_type, IMMUTABLE, (Representation(path, IDENTITY, entry.bytes, entry.sha256),))
