"""From a plain bundle to an encrypted one, file by file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from builder.bundle.encryption import (
    CHUNK_BYTES,
    Encryption,
    EndpointKey,
    PassphraseKey,
    encrypt_file,
    key_id,
)
from builder.bundle.manifest import (
    MANIFEST_NAME,
    FileEntry,
    Manifest,
    Variant,
    serialize_manifest,
    with_version,
)
from builder.bundle.shards import write_file
from builder.bundle.verification import verify_files
from builder.errors import BundleError

Entry = TypeVar("Entry", bound=FileEntry)


def encrypt_bundle(
    folder: Path, target: Path, content_key: bytes, key: PassphraseKey | EndpointKey
) -> Manifest:
    """Encrypt every file of the bundle in `folder` into `target`; the manifest is written last, unsigned.

    Equal bundles under equal keys give equal bytes. Raises BundleError for a bundle that is not whole or is
    encrypted already, and for a target that is the bundle's own folder.
    """
    manifest = verify_files(folder)
    if manifest.encryption is not None:
        raise BundleError(f"the bundle in {folder} is encrypted already", "give a plain one")
    if folder.resolve() == target.resolve():
        raise BundleError(f"{target} is the bundle's own folder", "name another one with --out")
    target.mkdir(parents=True, exist_ok=True)
    seal = sealer(folder, target, content_key)
    encrypted = with_version(
        dataclasses.replace(
            manifest,
            tokenizer=seal(manifest.tokenizer),
            variants=tuple(encrypt_variant(variant, seal) for variant in manifest.variants),
            encryption=Encryption("aes-256-gcm-chunks", CHUNK_BYTES, key_id(content_key), key),
        )
    )
    (target / MANIFEST_NAME).write_bytes(serialize_manifest(encrypted))
    return encrypted


def encrypt_variant(variant: Variant, seal: Callable[[FileEntry], FileEntry]) -> Variant:
    """The variant with the entries of its encrypted files."""
    graph = seal(variant.graph)
    shards = tuple(
        dataclasses.replace(shard, **dataclasses.asdict(seal(shard_file(shard)))) for shard in variant.shards
    )
    size = graph.bytes + sum(shard.bytes for shard in shards)
    return dataclasses.replace(variant, graph=graph, shards=shards, bytes=size)


def shard_file(shard: FileEntry) -> FileEntry:
    """A shard's entry as that of any file."""
    return FileEntry(shard.file, shard.bytes, shard.sha256)


def sealer(folder: Path, target: Path, content_key: bytes) -> Callable[[FileEntry], FileEntry]:
    """Encrypts one file after the other from `folder` into `target`."""

    def seal(entry: FileEntry) -> FileEntry:
        stored = encrypt_file((folder / entry.file).read_bytes(), content_key)
        return write_file(target, stored, entry.file.rpartition(".")[2])

    return seal
