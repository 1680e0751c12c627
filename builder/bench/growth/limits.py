"""The arithmetic of a forward: what it must at least read, and how its time compares. Pure.

- A forward reads all weights once and the whole cache once; at the speed at which as many workers read
  memory in the same tab that takes `bound_ms`. No runtime on this machine can be faster, and one that
  computes in step with its reading would come near it.
- Before each forward the cache is brought into the runtime's heap; measured apart, that is `copy_ms`.
- Masks are what the engine says it spent on them, as a share of the rest of its decoding time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from statistics import median
from typing import Any

from builder.bundle.manifest import Manifest

BYTES = {"float32": 4, "float16": 2}
FLOAT = 4


@dataclass(frozen=True)
class Sizes:
    """What a forward reads: bytes of weights, bytes of cache for each position, in how many tensors."""

    weights: int
    position: int
    tensors: int

    def floats(self, positions: int) -> int:
        """How many 4-byte numbers one tensor has on average."""
        return self.position * positions // (FLOAT * self.tensors)


@dataclass(frozen=True)
class Sample:
    """One extraction; milliseconds. Its tokens were read in `windows` pieces, each with its own cache."""

    tokens: int
    windows: int
    fields: int
    ms: float
    prefill_ms: float
    decode_ms: float
    forwards: int
    fed_tokens: int
    mask_ms: float

    @property
    def positions(self) -> int:
        """How long a cache was."""
        return self.tokens // self.windows


@dataclass(frozen=True)
class Point:
    """What was asked, the extractions of every round, and the most memory that they needed."""

    asked: Mapping[str, int]
    samples: Sequence[Sample]
    peak_bytes: int | None


@dataclass(frozen=True)
class Bandwidth:
    """Gigabytes a second; a copied byte counts twice, as it is read and written."""

    read: float
    copy: float


@dataclass(frozen=True)
class Beside:
    """What was measured beside a point: one copy of its cache, and how fast memory is read."""

    copy_ms: float
    read_gb: float


def sizes_of(manifest: Manifest) -> Sizes:
    """The sizes of a bundle's WASM variant."""
    variant = next(one for one in manifest.variants if one.backend == "wasm")
    # Of the others a forward reads a few columns only, however long the text is.
    whole = [tensor for tensor in manifest.cache if tensor.grows == "columns"]
    position = sum(
        BYTES[tensor.type] * prod(side for side in tensor.shape if isinstance(side, int)) for tensor in whole
    )
    return Sizes(sum(shard.raw_bytes for shard in variant.shards), position, len(whole))


def point_figures(point: Point, sizes: Sizes, beside: Beside) -> dict[str, Any]:
    """A row of the report: medians over rounds, times in milliseconds, shares of a forward."""
    samples = point.samples
    fields, forwards = samples[0].fields, samples[0].forwards
    decode = median(one.decode_ms for one in samples)
    forward = median(one.decode_ms / max(one.forwards, 1) for one in samples)
    bound = (sizes.weights + sizes.position * samples[0].positions) / beside.read_gb / 1e6
    return {
        **point.asked,
        "prompt_tokens": samples[0].tokens,
        "windows": samples[0].windows,
        "ms": round(median(one.ms for one in samples), 1),
        "prefill_ms": round(median(one.prefill_ms for one in samples), 1),
        "decode_ms": round(decode, 1),
        "decode_per_field_ms": round(decode / fields, 1),
        "forwards": forwards,
        "forwards_per_field": round(forwards / fields, 2),
        "fed_tokens": samples[0].fed_tokens,
        "forward_ms": round(forward, 1),
        "copy_ms": round(beside.copy_ms, 2),
        "copy_share": round(beside.copy_ms / forward, 3),
        "bound_ms": round(bound, 1),
        "times_bound": round(forward / bound, 2),
        "mask_share": round(median(one.mask_ms / (one.decode_ms - one.mask_ms) for one in samples), 4),
        "peak_bytes": point.peak_bytes,
    }


def growth_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, float] | None:
    """From the first row to the last that was read in one piece: by how many milliseconds a forward and one
    copy of the cache grew, and how many times the decoding of a field and the copy. None without such rows.
    """
    whole = [row for row in rows if row["windows"] == 1]
    if not whole:
        return None
    first, last = whole[0], whole[-1]
    return {name: round(last[name] - first[name], 2) for name in ("forward_ms", "copy_ms")} | {
        "decode_per_field_times": round(last["decode_per_field_ms"] / first["decode_per_field_ms"], 2),
        "copy_times": round(last["copy_ms"] / first["copy_ms"], 2),
    }
