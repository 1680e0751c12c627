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

from builder.manifest import Manifest

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
    """One extraction; milliseconds. `mask_ms` is None where the engine does not tell."""

    tokens: int
    fields: int
    ms: float
    prefill_ms: float
    decode_ms: float
    forwards: int
    fed_tokens: int
    mask_ms: float | None


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
    position = sum(
        BYTES[tensor.type] * prod(side for side in tensor.shape if isinstance(side, int))
        for tensor in manifest.cache
    )
    return Sizes(sum(shard.bytes for shard in variant.shards), position, len(manifest.cache))


def point_figures(point: Point, sizes: Sizes, beside: Beside) -> dict[str, Any]:
    """A row of the report: medians over rounds, times in milliseconds, shares of a forward."""
    samples = point.samples
    tokens, fields, forwards = samples[0].tokens, samples[0].fields, samples[0].forwards
    decode = median(one.decode_ms for one in samples)
    forward = median(one.decode_ms / max(one.forwards, 1) for one in samples)
    bound = (sizes.weights + sizes.position * tokens) / beside.read_gb / 1e6
    return {
        **point.asked,
        "prompt_tokens": tokens,
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
        "mask_share": _mask_share(samples),
        "peak_bytes": point.peak_bytes,
    }


def growth_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """From the first row to the last: how many milliseconds a forward and one copy of the cache grew by."""
    first, last = rows[0], rows[-1]
    return {name: round(last[name] - first[name], 2) for name in ("forward_ms", "copy_ms")} | {
        "decode_per_field_times": round(last["decode_per_field_ms"] / first["decode_per_field_ms"], 2),
        "copy_times": round(last["copy_ms"] / first["copy_ms"], 2),
    }


def _mask_share(samples: Sequence[Sample]) -> float | None:
    shares = [one.mask_ms / (one.decode_ms - one.mask_ms) for one in samples if one.mask_ms is not None]
    return round(median(shares), 4) if shares else None
