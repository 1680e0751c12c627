"""Files of a bundle: a graph without its weights, the weights cut into shards, each named by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnx import TensorProto

from builder.manifest import FileEntry

# Tensors from this size on leave the graph; what is smaller is not worth an entry.
EXTERNAL_FROM_BYTES = 1024
ALIGNMENT = 64


@dataclass(frozen=True)
class SplitModel:
    """A graph that names its weights, and those weights as one file's content."""

    graph: bytes
    weights: bytes


def split_weights(model: onnx.ModelProto, weights_name: str) -> SplitModel:
    """Move the large initializers of a graph into one run of bytes, largest alignment first come.

    The model given is left alone; equal models give equal bytes.
    """
    split = onnx.ModelProto()
    split.CopyFrom(model)
    weights = bytearray()
    for tensor in split.graph.initializer:
        data = raw_bytes(tensor)
        if len(data) >= EXTERNAL_FROM_BYTES:
            weights.extend(bytes(-len(weights) % ALIGNMENT))
            point_outside(tensor, weights_name, len(weights), len(data))
            weights.extend(data)
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


def write_shards(folder: Path, weights: bytes, shard_bytes: int) -> tuple[FileEntry, ...]:
    """Cut weights into shards of `shard_bytes`, the last one shorter, and write them."""
    pieces = (weights[start : start + shard_bytes] for start in range(0, len(weights), shard_bytes))
    return tuple(write_file(folder, piece, "bin") for piece in pieces)
