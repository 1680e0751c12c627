"""Files of a bundle: a graph without its weights, the weights cut into shards, each named by its hash.

A shard is stored compressed where that makes it smaller: deflate with codes for single bytes and no search
for repeats, which weights do not have. Every browser undoes that by itself.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import onnx
from onnx import TensorProto

from builder.bundle.manifest import FileEntry, Shard, Variant
from builder.errors import BundleError

# Tensors from this size on leave the graph; what is smaller is not worth an entry.
EXTERNAL_FROM_BYTES = 1024
ALIGNMENT = 64
# Raw deflate; the largest table, for the longest runs under one code.
RAW_DEFLATE = -15
MEMORY_LEVEL = 9


@dataclass(frozen=True)
class SplitModel:
    """A graph that names its weights, and those weights as one file's content."""

    graph: bytes
    weights: bytes


def split_weights(model: onnx.ModelProto, weights_name: str) -> SplitModel:
    """Move the large initializers of a graph into one run of bytes, each content once.

    The model given is left alone; equal models give equal bytes.
    """
    split = onnx.ModelProto()
    split.CopyFrom(model)
    weights = bytearray()
    offsets: dict[bytes, int] = {}
    for tensor in split.graph.initializer:
        data = raw_bytes(tensor)
        if len(data) < EXTERNAL_FROM_BYTES:
            continue
        digest = hashlib.sha256(data).digest()
        if digest not in offsets:
            weights.extend(bytes(-len(weights) % ALIGNMENT))
            offsets[digest] = len(weights)
            weights.extend(data)
        point_outside(tensor, weights_name, offsets[digest], len(data))
    return SplitModel(split.SerializeToString(deterministic=True), bytes(weights))


def raw_bytes(tensor: TensorProto) -> bytes:
    """The content of a tensor, little-endian."""
    if tensor.HasField("raw_data"):
        return bytes(tensor.raw_data)
    return bytes(onnx.numpy_helper.to_array(tensor).tobytes())


def point_outside(tensor: TensorProto, location: str, offset: int, length: int) -> None:
    """Replace a tensor's content by a reference to a place in another file."""
    values = {"location": location, "offset": str(offset), "length": str(length)}
    for field in ("raw_data", "float_data", "int32_data", "int64_data"):
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    del tensor.external_data[:]
    for key, value in values.items():
        tensor.external_data.add(key=key, value=value)


def write_file(folder: Path, data: bytes, extension: str) -> FileEntry:
    """Write content under the name that its hash gives it; what is there already is left alone."""
    digest = hashlib.sha256(data).hexdigest()
    path = folder / f"{digest[:16]}.{extension}"
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)
    return FileEntry(file=path.name, bytes=len(data), sha256=digest)


def write_shards(folder: Path, weights: bytes, shard_bytes: int) -> tuple[Shard, ...]:
    """Cut weights into pieces of `shard_bytes`, the last one shorter, and write each as it is smaller."""
    pieces = (weights[start : start + shard_bytes] for start in range(0, len(weights), shard_bytes))
    return tuple(write_shard(folder, piece) for piece in pieces)


def write_shard(folder: Path, raw: bytes) -> Shard:
    """Write one piece of the weights."""
    packed = deflate(raw)
    smaller = len(packed) < len(raw)
    entry = write_file(folder, packed if smaller else raw, "bin")
    encoding: Literal["none", "deflate-raw"] = "deflate-raw" if smaller else "none"
    return Shard(entry.file, entry.bytes, entry.sha256, encoding, len(raw))


def deflate(raw: bytes) -> bytes:
    """The compressed form of a piece of weights; equal pieces give equal bytes with one zlib."""
    compressor = zlib.compressobj(
        zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, RAW_DEFLATE, MEMORY_LEVEL, zlib.Z_HUFFMAN_ONLY
    )
    return compressor.compress(raw) + compressor.flush()


def expand(shard: Shard, stored: bytes) -> bytes:
    """The raw bytes of a shard from the bytes of its file.

    Raises BundleError where these give more or fewer than the manifest says; never makes more than that.
    """
    if shard.encoding == "none":
        raw, whole = stored, True
    else:
        raw, whole = inflate(stored, shard.raw_bytes)
    if not whole or len(raw) != shard.raw_bytes:
        raise BundleError(
            f"the shard {shard.file} does not expand to the {shard.raw_bytes} bytes that the manifest says",
            "build the bundle again with `excerpt build`",
        )
    return raw


def inflate(stored: bytes, limit: int) -> tuple[bytes, bool]:
    """Up to `limit` bytes of what was deflated, and whether that was all of it."""
    decompressor = zlib.decompressobj(RAW_DEFLATE)
    try:
        raw = decompressor.decompress(stored, limit)
        # The mark of the end may stand behind the last byte.
        rest = decompressor.decompress(decompressor.unconsumed_tail, 1)
    except zlib.error:
        return b"", False
    return raw, decompressor.eof and not rest and not decompressor.unused_data


def unpack(folder: Path, variant: Variant, target: Path) -> Path:
    """Lay a variant out in the folder `target` as a runtime reads it, and return the graph's path: beside it
    stand the weights as one file, which onnxruntime maps into memory.

    Raises BundleError as `expand` does.
    """
    target.mkdir(parents=True, exist_ok=True)
    with (target / variant.weights_name).open("wb") as weights:
        for piece in read_weights(folder, variant):
            weights.write(piece)
    graph = target / variant.graph.file
    graph.write_bytes((folder / variant.graph.file).read_bytes())
    return graph


def read_weights(folder: Path, variant: Variant) -> Iterator[bytes]:
    """The raw pieces of a variant's weights in their order. Raises BundleError as `expand` does."""
    for shard in variant.shards:
        yield expand(shard, (folder / shard.file).read_bytes())
