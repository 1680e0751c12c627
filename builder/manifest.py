"""The manifest of a bundle, format 2: what `manifest.json` says and the rules it obeys. No IO.

The file is canonical JSON: keys sorted, no white space, UTF-8 unescaped. `parse_manifest` accepts those bytes
and no others, so one manifest has one spelling and one hash. `web/src/shared/manifest.ts` describes the same
shape.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Literal

from builder.calibration import Calibration, complaint
from builder.errors import BundleError
from builder.records import ShapeError, read_record

FILE_NAME = re.compile(r"[0-9a-f]{16}\.(onnx|bin|json)")
SHA256 = re.compile(r"[0-9a-f]{64}")
MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True)
class FileEntry:
    """One file beside the manifest, named by the first 16 digits of its SHA-256."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Shard(FileEntry):
    """A piece of a variant's weights: `raw_bytes` of them, which the stored file gives when its `encoding` is
    undone. Size and hash are those of the stored file."""

    encoding: Literal["none", "deflate-raw"]
    raw_bytes: int


@dataclass(frozen=True)
class CacheTensor:
    """A tensor of the cache: read as `input`, grown along the axis called `past` by the tokens fed: behind
    the others (`past`), or wherever the graph's input `columns` says (`columns`).

    `output` holds the columns of the fed tokens only (`new`) or the whole past with them (`all`).
    """

    input: str
    output: str
    shape: tuple[int | Literal["batch", "past"], ...]
    type: Literal["float32", "float16"]
    grows: Literal["past", "columns"]
    returns: Literal["new", "all"]


@dataclass(frozen=True)
class PromptParts:
    """Text around the document and around a field; the tokenizer reads each part by itself."""

    style: Literal["fields"]
    before_document: str
    after_document: str
    field: str
    field_without_description: str


@dataclass(frozen=True)
class KnownAnswer:
    """What a runtime has to say before it is trusted: after the tokens up to `positions[i]`, fed in one run,
    the most probable token is `answers[i]`."""

    tokens: tuple[int, ...]
    positions: tuple[int, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Variant:
    """One form of the model for one kind of runtime.

    Of variants for one backend the first is the best; `requires` names what a device must offer besides.
    `bytes` counts the files as they are stored.
    """

    name: str
    backend: Literal["wasm", "webgpu", "cpu"]
    requires: tuple[Literal["shader-f16"], ...]
    graph: FileEntry
    weights_name: str
    shards: tuple[Shard, ...]
    bytes: int
    figures: dict[str, float]
    known_answer: KnownAnswer


@dataclass(frozen=True)
class Model:
    """What the engine must know of the model."""

    architecture: str
    vocab_size: int
    max_positions: int
    bos_token_id: int | None
    eos_token_id: int


@dataclass(frozen=True)
class Manifest:
    """A whole bundle. `version` follows from everything else, see `with_version`."""

    format: Literal[2]
    name: str
    version: str
    license: str
    source: dict[str, str]
    model: Model
    cache: tuple[CacheTensor, ...]
    prompt: PromptParts
    tokenizer: FileEntry
    variants: tuple[Variant, ...]
    calibration: Calibration | None = None

    def files(self) -> tuple[FileEntry, ...]:
        """Every file of the bundle but the manifest, each once, in the order of their names."""
        entries = {
            self.tokenizer,
            *(entry for variant in self.variants for entry in (variant.graph, *variant.shards)),
        }
        return tuple(sorted(entries, key=lambda entry: entry.file))


def canonical_json(value: object) -> bytes:
    """The one spelling of a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def serialize_manifest(manifest: Manifest) -> bytes:
    """The bytes of `manifest.json`; a calibration that is not there is not named."""
    described = dataclasses.asdict(manifest)
    if manifest.calibration is None:
        del described["calibration"]
    return canonical_json(described)


def weights_digest(source: dict[str, str], prompt: PromptParts) -> str:
    """16 hexadecimal digits that stand for a manifest's weights and the words around a document."""
    return hashlib.sha256(canonical_json([source, dataclasses.asdict(prompt)])).hexdigest()[:16]


def with_version(manifest: Manifest) -> Manifest:
    """The manifest with its version: 16 hexadecimal digits that change whenever anything else in it does."""
    unversioned = dataclasses.replace(manifest, version="")
    digest = hashlib.sha256(serialize_manifest(unversioned)).hexdigest()
    return dataclasses.replace(manifest, version=digest[:16])


def parse_manifest(data: bytes) -> Manifest:
    """Read `manifest.json`.

    Raises BundleError for anything that this format does not allow: an unknown or missing field, a wrong
    type, another order or spacing, a name that is not its content's, sums that do not agree, a wrong version.
    """
    try:
        value = json.loads(data)
        manifest = read_record(Manifest, value)
    except (ShapeError, ValueError) as error:
        raise refusal(str(error)) from error
    if canonical_json(value) != data:
        raise refusal("it is not canonical JSON (sorted keys, no white space)")
    if manifest.calibration is None and "calibration" in value:
        raise refusal("calibration is None, expected a table or nothing")
    check_rules(manifest)
    return manifest


def check_rules(manifest: Manifest) -> None:
    """Raise BundleError where fields of a well-shaped manifest contradict each other."""
    for entry in manifest.files():
        check_entry(entry)
    for variant in manifest.variants:
        size = variant.graph.bytes + sum(shard.bytes for shard in variant.shards)
        if variant.bytes != size:
            raise refusal(f"variant {variant.name!r} says {variant.bytes} bytes, its files have {size}")
    names = [variant.name for variant in manifest.variants]
    if not names or len(set(names)) != len(names):
        raise refusal(f"its variants are {names}, expected one or more, each name once")
    if manifest.calibration is not None and (wrong := complaint(manifest.calibration)):
        raise refusal(f"calibration: {wrong}")
    if manifest.version != with_version(manifest).version:
        raise refusal(f"its version {manifest.version!r} does not follow from its content")


def check_entry(entry: FileEntry) -> None:
    """Raise BundleError unless a file entry is well formed and named by its content."""
    if not SHA256.fullmatch(entry.sha256) or not FILE_NAME.fullmatch(entry.file):
        raise refusal(f"the file {entry.file!r} has no proper name or SHA-256")
    if not entry.file.startswith(entry.sha256[:16]):
        raise refusal(f"the file {entry.file!r} is not named by its SHA-256 {entry.sha256}")
    if entry.bytes <= 0:
        raise refusal(f"the file {entry.file!r} has {entry.bytes} bytes")


def refusal(reason: str) -> BundleError:
    """The error for a manifest that is refused."""
    return BundleError(f"the manifest is refused: {reason}", "build the bundle again with `excerpt build`")
