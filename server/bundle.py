"""The table of a bundle's files: manifest, signature and exactly the files that the manifest names."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from builder.bundle.manifest import MANIFEST_NAME, FileEntry, parse_manifest
from builder.bundle.signing import SIGNATURE_NAME, check_digest, day, has_expired, parse_signature
from builder.errors import BundleError
from server.copies import Representation, copy_compressed
from server.files import IMMUTABLE, REVALIDATE, Resource
from server.negotiation import IDENTITY

LOGGER = logging.getLogger("excerpt.server")
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
    """Read manifest and signature in `folder` and table the files; copies of these two go to `cache`.

    The hashes are the manifest's and not computed here: the browser checks every shard before it uses it, and
    `excerpt verify` checks them all. Whose signature it is decides the app, which knows the keys. Raises
    BundleError, also where the signature is of another manifest.
    """
    content = _read(folder / MANIFEST_NAME, "there is no bundle", "build one: excerpt build")
    manifest = parse_manifest(content)
    signature = _read(folder / SIGNATURE_NAME, "the bundle is not signed", "sign it: excerpt sign")
    _check_signature(signature, content)
    resources = {PREFIX + entry.file: _resource(entry, folder) for entry in manifest.files()}
    resources[PREFIX + MANIFEST_NAME] = Resource(JSON, REVALIDATE, copy_compressed(content, cache))
    resources[PREFIX + SIGNATURE_NAME] = Resource(JSON, REVALIDATE, copy_compressed(signature, cache))
    return ServedBundle(manifest.name, manifest.version, resources)


def _check_signature(data: bytes, manifest: bytes) -> None:
    """Raise BundleError where every reader would refuse it; warn where only new ones do."""
    signature = parse_signature(data)
    check_digest(signature, manifest)
    if has_expired(signature, int(time.time())):
        until = day(signature.expires)
        LOGGER.warning("The signature was good until %s: new readers are refused (excerpt sign)", until)


def _read(path: Path, lack: str, advice: str) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise BundleError(f"{lack}: {path} does not exist", advice) from None


def _resource(entry: FileEntry, folder: Path) -> Resource:
    # One form only: weights hardly shrink, and a download resumed by ranges counts the file's own bytes.
    path = folder / entry.file
    media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    return Resource(media_type, IMMUTABLE, (Representation(path, IDENTITY, entry.bytes, entry.sha256),))
