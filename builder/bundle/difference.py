"""What an update from one bundle to another would download. Rules only, no IO.

Files are named by their content, so a device that keeps one version has to fetch of the next only what has
another name. A device downloads one variant: its graph and shards, and the tokenizer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.bundle.manifest import FileEntry, Manifest, Variant


@dataclass(frozen=True)
class VariantDifference:
    """The files of the newer bundle's variant, each once, by whether a device has them already."""

    name: str
    download: tuple[FileEntry, ...]
    shared: tuple[FileEntry, ...]
    replaced_bytes: int
    """Bytes of files that the older version of the variant needs and the newer one does not."""

    @property
    def download_bytes(self) -> int:
        """What an update fetches."""
        return total(self.download)

    @property
    def shared_bytes(self) -> int:
        """What an update finds in place."""
        return total(self.shared)


@dataclass(frozen=True)
class Difference:
    """Two versions and what lies between them."""

    older: Manifest
    newer: Manifest
    variants: tuple[VariantDifference, ...]
    removed: tuple[str, ...]
    """Names of variants that only the older bundle has."""

    @property
    def differs(self) -> bool:
        """Whether anything at all is another in the two manifests."""
        return self.older != self.newer


def compare(older: Manifest, newer: Manifest) -> Difference:
    """What a device that keeps a variant of `older` would fetch for the same one of `newer`."""
    before = {variant.name: variant for variant in older.variants}
    names = {variant.name for variant in newer.variants}
    return Difference(
        older=older,
        newer=newer,
        variants=tuple(
            compare_variant(older, before.get(variant.name), newer, variant) for variant in newer.variants
        ),
        removed=tuple(name for name in before if name not in names),
    )


def compare_variant(
    older: Manifest, before: Variant | None, newer: Manifest, variant: Variant
) -> VariantDifference:
    """One variant; where the older bundle lacks it, its tokenizer may still be shared."""
    kept = {entry.file: entry for entry in needed(older, before)}
    wanted = needed(newer, variant)
    names = {entry.file for entry in wanted}
    return VariantDifference(
        name=variant.name,
        download=tuple(entry for entry in wanted if entry.file not in kept),
        shared=tuple(entry for entry in wanted if entry.file in kept),
        replaced_bytes=total(entry for entry in kept.values() if entry.file not in names),
    )


def needed(manifest: Manifest, variant: Variant | None) -> list[FileEntry]:
    """The files that a device keeps for a variant, each once: tokenizer, graph, shards in their order."""
    parts = () if variant is None else (variant.graph, *variant.shards)
    return list({entry.file: entry for entry in (manifest.tokenizer, *parts)}.values())


def total(entries: Iterable[FileEntry]) -> int:
    """The bytes of some files."""
    return sum(entry.bytes for entry in entries)
