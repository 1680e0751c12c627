"""What the fields of a well-shaped manifest must obey: names, sizes, order. No IO.

The bounds are those of `web/src/bundle/manifest.ts`. A function answers with what is wrong, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.bundle.calibration import complaint as calibration_complaint
from builder.bundle.encryption import complaint as encryption_complaint
from builder.bundle.encryption import plain_size
from builder.bundle.scores import complaint as scores_complaint

if TYPE_CHECKING:
    from builder.bundle.encryption import Encryption
    from builder.bundle.manifest import (
        CacheTensor,
        FileEntry,
        KnownAnswer,
        Manifest,
        Model,
        PromptParts,
        Shard,
        Variant,
    )

MIB = 1 << 20
# A shard expands to 16 MiB at most; encryption may add a little to what is stored.
MAX_RAW_BYTES = 16 * MIB
MAX_SHARD_BYTES = 16 * MIB + MIB // 16
# Graphs without their weights and tokenizers stay far below.
MAX_FILE_BYTES = 64 * MIB
# The runtime cannot load more than 2 GB of external data.
MAX_WEIGHT_BYTES = 2048 * MIB
MAX_BUNDLE_BYTES = 8192 * MIB
MAX_COUNT = 2**31 - 1
MAX_TEXT = 100_000
MOST_VARIANTS, MOST_SHARDS, MOST_TENSORS, MOST_AXES, MOST_TOKENS = 20, 2000, 1000, 8, 1000
MOST_REACH = 64

SHA256 = re.compile(r"[0-9a-f]{64}")
WORD = re.compile(r"[A-Za-z][\w.:-]{0,99}", re.ASCII)
WEIGHTS_NAME = re.compile(r"[\w-][\w.-]{0,99}", re.ASCII)


def complaint(manifest: Manifest) -> str | None:
    """What is wrong with a well-shaped manifest, or None; its version is not looked at."""
    return first(
        *(text_complaint(name, getattr(manifest, name)) for name in ("name", "version", "license")),
        keys_complaint("source", manifest.source),
        model_complaint(manifest.model),
        cache_complaint(manifest.cache),
        prompt_complaint(manifest.prompt),
        file_complaint(manifest.tokenizer, "json", MAX_FILE_BYTES),
        variants_complaint(manifest.variants, manifest.encryption),
        files_complaint(manifest),
        None if manifest.calibration is None else calibration_complaint(manifest.calibration),
        None if manifest.scores is None else scores_complaint(manifest.scores),
        None if manifest.encryption is None else encryption_complaint(manifest.encryption),
    )


def first(*complaints: str | None) -> str | None:
    """The first complaint that is one."""
    return next((one for one in complaints if one is not None), None)


def text_complaint(name: str, text: str) -> str | None:
    """Text that has to be there and no book."""
    return None if 1 <= len(text) <= MAX_TEXT else f"{name} has {len(text)} characters"


def keys_complaint(name: str, table: Iterable[str]) -> str | None:
    """The keys of a table with keys of the writer's choice are short ASCII words."""
    wrong = next((key for key in table if not WORD.fullmatch(key)), None)
    return None if wrong is None else f"{name} has a field name {wrong[:60]!r}, which is not a plain word"


def count_complaint(name: str, value: int, least: int, most: int) -> str | None:
    """A number within its bounds, both included."""
    return None if least <= value <= most else f"{name} is {value}; {least} to {most} are allowed"


def model_complaint(model: Model) -> str | None:
    """Counts within reason, tokens within the vocabulary."""
    last = model.vocab_size - 1
    return first(
        count_complaint("model.vocab_size", model.vocab_size, 1, MAX_COUNT),
        count_complaint("model.max_positions", model.max_positions, 1, MAX_COUNT),
        count_complaint("model.eos_token_id", model.eos_token_id, 0, last),
        count_complaint("model.reach", model.reach, 0, MOST_REACH),
        None if model.window is None else count_complaint("model.window", model.window, 1, MAX_COUNT),
        None
        if model.bos_token_id is None
        else count_complaint("model.bos_token_id", model.bos_token_id, 0, last),
    )


def cache_complaint(cache: tuple[CacheTensor, ...]) -> str | None:
    """Tensors with names of their own, each growing along one axis."""
    names = [name for tensor in cache for name in (tensor.input, tensor.output)]
    grows = (tensor.input for tensor in cache if tensor.shape.count("past") != 1)
    return first(
        count_complaint("the number of cache tensors", len(cache), 1, MOST_TENSORS),
        *(count_complaint(f"the rank of {one.input!r}", len(one.shape), 1, MOST_AXES) for one in cache),
        next((f"the cache tensor {name!r} must have the axis past exactly once" for name in grows), None),
        None if len(set(names)) == len(names) else "cache uses a name twice",
    )


def prompt_complaint(prompt: PromptParts) -> str | None:
    """A field's prompt names the field."""
    if "{name}" not in prompt.field or "{description}" not in prompt.field:
        return "prompt.field must hold {name} and {description}"
    if "{name}" not in prompt.field_without_description:
        return "prompt.field_without_description must hold {name}"
    return None


def variants_complaint(variants: tuple[Variant, ...], encryption: Encryption | None) -> str | None:
    """One variant or more, each name once."""
    names = [variant.name for variant in variants]
    if not 1 <= len(names) <= MOST_VARIANTS or len(set(names)) != len(names):
        return f"its variants are {names[:30]}, expected 1 to {MOST_VARIANTS}, each name once"
    return first(*(variant_complaint(variant, encryption) for variant in variants))


def variant_complaint(variant: Variant, encryption: Encryption | None) -> str | None:
    """Files of the right kind and size, which add up, in their order."""
    shards = variant.shards
    expanded = sum(shard.raw_bytes for shard in shards)
    size = variant.graph.bytes + sum(shard.bytes for shard in shards)
    return first(
        text_complaint("a variant's name", variant.name),
        file_complaint(variant.graph, "onnx", MAX_FILE_BYTES),
        count_complaint(f"the number of shards of {variant.name}", len(shards), 1, MOST_SHARDS),
        *(shard_complaint(shard, encryption) for shard in shards),
        count_complaint(f"the weights' size of {variant.name}", expanded, 1, MAX_WEIGHT_BYTES),
        None
        if variant.bytes == size
        else f"variant {variant.name!r} says {variant.bytes} bytes, its files have {size}",
        None if WEIGHTS_NAME.fullmatch(variant.weights_name) else "weights_name is not a plain file name",
        keys_complaint("figures", variant.figures),
        answer_complaint(variant.known_answer),
    )


def shard_complaint(shard: Shard, encryption: Encryption | None) -> str | None:
    """A file that expands to no more than a shard holds, and to itself where it is not encoded."""
    plain = shard.bytes if encryption is None else plain_size(shard.bytes, encryption.chunk_bytes)
    return first(
        file_complaint(shard, "bin", MAX_SHARD_BYTES),
        count_complaint(f"what {shard.file} expands to", shard.raw_bytes, 1, MAX_RAW_BYTES),
        f"the shard {shard.file} is not encoded, yet has {shard.bytes} bytes for {shard.raw_bytes}"
        if shard.encoding == "none" and shard.raw_bytes != plain
        else None,
    )


def answer_complaint(known: KnownAnswer) -> str | None:
    """An answer for each position, and each position among the tokens."""
    numbers = (*known.tokens, *known.positions, *known.answers)
    if not all(1 <= len(part) <= MOST_TOKENS for part in (known.tokens, known.positions, known.answers)):
        return f"known_answer has an empty list or one of more than {MOST_TOKENS}"
    if not all(0 <= number <= MAX_COUNT for number in numbers):
        return "known_answer holds a number out of bounds"
    if len(known.answers) != len(known.positions) or max(known.positions) >= len(known.tokens):
        return "known_answer names positions that its tokens or answers lack"
    return None


def file_complaint(entry: FileEntry, ending: str, most_bytes: int) -> str | None:
    """A name that is the start of the file's own hash, so that no name can lead elsewhere."""
    if not SHA256.fullmatch(entry.sha256):
        return f"the file {entry.file[:60]!r} has no proper SHA-256"
    expected = f"{entry.sha256[:16]}.{ending}"
    if entry.file != expected:
        return f"the file {entry.file[:60]!r} is not named by its SHA-256, by which it is {expected}"
    return count_complaint(f"the size of the file {entry.file}", entry.bytes, 1, most_bytes)


def files_complaint(manifest: Manifest) -> str | None:
    """Two entries may name one file (equal pieces); they must then agree. All files together are bounded."""
    files = manifest.files()
    for one, other in pairwise(files):
        if one.file == other.file:
            return f"it describes {one.file} in two ways"
    return count_complaint("the bundle's size", sum(one.bytes for one in files), 1, MAX_BUNDLE_BYTES)
