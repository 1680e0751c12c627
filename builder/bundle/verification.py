"""Checking a bundle, wherever it lies: signature, manifest, every file's size and hash, and that each graph
loads. No more than one file is in memory at a time."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from builder.bundle.manifest import (
    MANIFEST_NAME,
    MAX_MANIFEST_BYTES,
    FileEntry,
    Manifest,
    Variant,
    parse_manifest,
)
from builder.bundle.signing import KIND as SIGNATURE
from builder.bundle.signing import SIGNATURE_NAME, Signature, authenticate, check_fresh
from builder.bundle.whereabouts import BundleFolder, Whereabouts
from builder.errors import BundleError

REBUILD = "build the bundle again with `excerpt build`"
RESTORE = "publish the right file, or build the bundle again with `excerpt build`"


@dataclass(frozen=True)
class Signed:
    """A manifest that a trusted key has signed."""

    manifest: Manifest
    signature: Signature


def read_signed(where: Whereabouts, trusted: Iterable[bytes], now: int) -> Signed:
    """A bundle's manifest, if one of the trusted raw public keys has signed it and the signature is good at
    the time `now` (seconds since 1970).

    Raises BundleError.
    """
    manifest = where.read(MANIFEST_NAME, MAX_MANIFEST_BYTES)
    signature = where.read(SIGNATURE_NAME, SIGNATURE.most_bytes)
    authentic = authenticate(signature, manifest, trusted)
    parsed = parse_manifest(manifest)
    check_fresh(authentic, now)
    return Signed(parsed, authentic)


def verify_files(folder: Path) -> Manifest:
    """Read a bundle's manifest and check every file that it names; whose it is does not matter.

    Raises BundleError for a manifest that is missing or refused and for a file that is missing or altered.
    """
    where = BundleFolder(folder)
    manifest = parse_manifest(where.read(MANIFEST_NAME, MAX_MANIFEST_BYTES))
    for fault in faults(where, manifest):
        raise fault
    return manifest


def faults(
    where: Whereabouts, manifest: Manifest, checked: Callable[[FileEntry], None] = lambda _: None
) -> Iterator[BundleError]:
    """What is wrong with the files that a manifest names; `checked` is told of every file, right or wrong."""
    for entry in manifest.files():
        try:
            verify_file(where, entry)
        except BundleError as error:
            yield error
        checked(entry)


def verify_file(where: Whereabouts, entry: FileEntry) -> None:
    """Raise BundleError unless a file has the size and the hash that the manifest gives."""
    content = where.read(entry.file, entry.bytes)
    if len(content) != entry.bytes:
        size = f"{len(content)} bytes" if len(content) < entry.bytes else f"more than {entry.bytes} bytes"
        raise BundleError(
            f"the file {entry.file} has {size}, the manifest says {entry.bytes}", RESTORE, "shard-mismatch"
        )
    found = hashlib.sha256(content).hexdigest()
    if found != entry.sha256:
        raise BundleError(
            f"the file {entry.file} has SHA-256 {found}, the manifest says {entry.sha256}",
            RESTORE,
            "shard-mismatch",
        )


def verify_graph(folder: Path, variant: Variant, manifest: Manifest) -> None:
    """Load a variant's graph with its weights and compare its cache with the manifest's.

    Raises BundleError when it does not load or its inputs and outputs are others than the manifest's.
    """
    inputs, outputs = loaded_names(folder, variant)
    wanted = {cache.input for cache in manifest.cache}
    found = {name for name in inputs if name.startswith("past_")}
    if wanted != found or not {cache.output for cache in manifest.cache} <= outputs:
        raise BundleError(f"the graph of {variant.name} has another cache than the manifest says", REBUILD)


def loaded_names(folder: Path, variant: Variant) -> tuple[set[str], set[str]]:
    """The names of inputs and outputs of a graph, loaded with its joined shards as a runtime would."""
    import onnxruntime

    from builder.bundle.shards import unpack

    with tempfile.TemporaryDirectory() as temporary:
        graph = unpack(folder, variant, Path(temporary))
        try:
            session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own exceptions share no other base
            raise BundleError(f"the graph of {variant.name} does not load: {error}", REBUILD) from error
        return {item.name for item in session.get_inputs()}, {item.name for item in session.get_outputs()}
