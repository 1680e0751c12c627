"""Newer versions of a bundle: the same model, of which some shards are stored in another way."""

from __future__ import annotations

import dataclasses
import hashlib
import zlib
from pathlib import Path

from builder.bundle.keys import own_key
from builder.bundle.manifest import (
    MANIFEST_NAME,
    Manifest,
    Shard,
    Variant,
    parse_manifest,
    serialize_manifest,
    with_version,
)
from builder.bundle.sealing import seal, signing_time
from tests.browser.site import CACHE, altered_bundle


@dataclasses.dataclass(frozen=True)
class NewerBundle:
    """A bundle in a folder, and what it takes to come to it from the older one."""

    folder: Path
    manifest: Manifest
    changed: dict[str, int]
    """The sizes of the shards for the processor that only this version has, by name."""

    @property
    def version(self) -> str:
        """As the page shows it."""
        return self.manifest.version[:8]


def read_manifest(bundle: Path) -> Manifest:
    """The manifest of a bundle in a folder."""
    return parse_manifest((bundle / MANIFEST_NAME).read_bytes())


def newer_bundle(
    bundle: Path, target: Path, *, shards: int, age: int = 1, wrong_answers: bool = False
) -> NewerBundle:
    """A version that stores the last `shards` shards of each variant unpacked: other files, the same weights.

    `age` seconds later signed than now. With `wrong_answers` no runtime passes its self-test.
    """
    altered_bundle(bundle, target, drop=MANIFEST_NAME)
    older = read_manifest(bundle)
    variants = tuple(restored(variant, target, shards, wrong_answers) for variant in older.variants)
    manifest = with_version(dataclasses.replace(older, variants=variants))
    (target / MANIFEST_NAME).write_bytes(serialize_manifest(manifest))
    (target / "manifest.sig").unlink()
    seal(target, own_key(CACHE), signing_time() + age)
    wasm = next(variant for variant in variants if variant.backend == "wasm")
    known = {entry.file for entry in older.files()}
    return NewerBundle(
        target, manifest, {shard.file: shard.bytes for shard in wasm.shards if shard.file not in known}
    )


def restored(variant: Variant, folder: Path, count: int, wrong_answers: bool) -> Variant:
    """The variant with its last `count` shards stored unpacked in `folder`."""
    kept = len(variant.shards) - count
    shards = variant.shards[:kept] + tuple(unpacked(shard, folder) for shard in variant.shards[kept:])
    known = variant.known_answer
    if wrong_answers:
        known = dataclasses.replace(known, answers=tuple(answer + 1 for answer in known.answers))
    size = variant.graph.bytes + sum(shard.bytes for shard in shards)
    return dataclasses.replace(variant, shards=shards, bytes=size, known_answer=known)


def unpacked(shard: Shard, folder: Path) -> Shard:
    """The shard's content, stored as it is."""
    if shard.encoding != "deflate-raw":
        raise ValueError(f"{shard.file} is stored as {shard.encoding}, expected deflate-raw")
    raw = zlib.decompress((folder / shard.file).read_bytes(), wbits=-zlib.MAX_WBITS)
    sha256 = hashlib.sha256(raw).hexdigest()
    name = f"{sha256[:16]}.bin"
    (folder / name).write_bytes(raw)
    return Shard(file=name, bytes=len(raw), sha256=sha256, encoding="none", raw_bytes=len(raw))
