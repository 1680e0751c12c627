"""The manifest of a bundle, format 2: what `manifest.json` says and the rules it obeys. No IO.

The file is canonical JSON: keys sorted, no white space, UTF-8 unescaped. `parse_manifest` accepts those bytes
and no others, so one manifest has one spelling and one hash. `web/src/shared/manifest.ts` describes the same
shape.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from builder.bundle.calibration import Calibration
from builder.bundle.encryption import Encryption
from builder.bundle.rules import complaint
from builder.bundle.scores import Scores
from builder.canonical import FileKind, canonical_json, read_canonical
from builder.records import write_record

FILE_NAME = re.compile(r"[0-9a-f]{16}\.(onnx|bin|json)")
MANIFEST_NAME = "manifest.json"
MAX_MANIFEST_BYTES = 1_000_000
KIND = FileKind("manifest", 2, MAX_MANIFEST_BYTES, "build the bundle again with `excerpt build`")


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
    """A tensor of the cache, a column for each token fed along the axis called `past`.

    The graph reads it as `input`: every column, the new ones where its input `columns` says (`columns`), or
    a column of zeros and those before the new tokens that its input `previous` names (`before`). `output`
    holds the columns of the fed tokens.
    """

    input: str
    output: str
    shape: tuple[int | Literal["batch", "past"], ...]
    type: Literal["float32", "float16"]
    grows: Literal["columns", "before"]


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
    """What the engine must know of the model.

    Some layers may see the last `window` tokens only (None: there are none such), some convolve each token
    with the `reach` before it (0: there are none such).
    """

    architecture: str
    vocab_size: int
    max_positions: int
    bos_token_id: int | None
    eos_token_id: int
    window: int | None
    reach: int


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
    scores: Scores | None = None
    encryption: Encryption | None = None

    def files(self) -> tuple[FileEntry, ...]:
        """Every file of the bundle but the manifest, each once, in the order of their names."""
        entries = {
            self.tokenizer,
            *(entry for variant in self.variants for entry in (variant.graph, *variant.shards)),
        }
        return tuple(sorted(entries, key=lambda entry: entry.file))


def serialize_manifest(manifest: Manifest) -> bytes:
    """The bytes of `manifest.json`; what may be missing and is, is not named."""
    return canonical_json(write_record(manifest))


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
    Its code begins with `manifest-`.
    """
    manifest = read_canonical(Manifest, data, KIND)
    if wrong := complaint(manifest):
        raise KIND.refusal("value", wrong)
    if manifest.version != with_version(manifest).version:
        raise KIND.refusal("value", f"its version {manifest.version[:60]!r} does not follow from its content")
    return manifest
