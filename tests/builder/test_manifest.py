from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.bundle.manifest import (
    CacheTensor,
    FileEntry,
    KnownAnswer,
    Manifest,
    Model,
    PromptParts,
    Shard,
    Variant,
    parse_manifest,
    serialize_manifest,
    with_version,
)
from builder.canonical import canonical_json
from builder.errors import BundleError


def entry(digit: str, extension: str, size: int = 10) -> FileEntry:
    return FileEntry(file=f"{digit * 16}.{extension}", bytes=size, sha256=digit * 64)


def shard(digit: str, size: int, raw: int | None = None) -> Shard:
    """A shard that is encoded where it says to expand to `raw` bytes."""
    stored = dataclasses.asdict(entry(digit, "bin", size))
    return Shard(**stored, encoding="none" if raw is None else "deflate-raw", raw_bytes=raw or size)


def manifest() -> Manifest:
    shards = (shard("b", 8, raw=9), shard("c", 4))
    return with_version(
        Manifest(
            format=2,
            name="small",
            version="",
            license="Apache-2.0",
            source={"package": "thing==1.0"},
            model=Model("LlamaForCausalLM", 256, 128, None, 2, None, 0),
            cache=(
                CacheTensor(
                    input="past_key_values.0.key",
                    output="present.0.key",
                    shape=("batch", "past", 2, 16),
                    type="float32",
                    grows="columns",
                ),
            ),
            prompt=PromptParts("fields", "Überschrift\n", "</>", "- {name} ({description}):", "- {name}:"),
            tokenizer=entry("d", "json"),
            variants=(
                Variant(
                    "wasm-int8",
                    "wasm",
                    (),
                    entry("a", "onnx"),
                    "w",
                    shards,
                    22,
                    {"kl_divergence": 0.01},
                    KnownAnswer((1, 2), (1,), (3,)),
                ),
            ),
        )
    )


def changed(**changes: object) -> bytes:
    """A manifest's bytes with some of its top-level fields replaced, canonical again."""
    return canonical_json({**json.loads(serialize_manifest(manifest())), **changes})


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    assert parse_manifest(serialize_manifest(manifest())) == manifest()


def test_the_bytes_are_canonical() -> None:
    data = serialize_manifest(manifest())
    assert data.startswith(b'{"cache":[{"grows":"columns","input":"past_key_values.0.key"')
    assert "Überschrift\\n".encode() in data


def test_every_file_is_listed_once() -> None:
    assert [item.file[0] for item in manifest().files()] == ["a", "b", "c", "d"]


def test_the_version_follows_from_everything_else() -> None:
    other = with_version(dataclasses.replace(manifest(), license="MIT"))
    assert other.version != manifest().version
    assert with_version(other) == other


def test_other_spacing_is_refused() -> None:
    data = serialize_manifest(manifest())
    with pytest.raises(BundleError, match="not canonical"):
        parse_manifest(data.replace(b'"format":2', b'"format": 2'))


def test_another_order_is_refused() -> None:
    value = json.loads(serialize_manifest(manifest()))
    turned = json.dumps(dict(reversed(value.items())), separators=(",", ":"), ensure_ascii=False)
    with pytest.raises(BundleError, match="not canonical"):
        parse_manifest(turned.encode())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"format": 1}, "format is 1"),
        ({"extra": 1}, "extra is not a known field"),
        ({"name": 3}, "name is 3"),
        ({"version": "0" * 16}, "does not follow from its content"),
        ({"license": "MIT"}, "does not follow from its content"),
        ({"variants": []}, "expected 1 to 20, each name once"),
        ({"tokenizer": dataclasses.asdict(entry("d", "exe"))}, "is not named by its SHA"),
        ({"tokenizer": dataclasses.asdict(entry("d", "json", 0))}, "is 0; 1 to"),
        ({"tokenizer": {"file": "../x.json", "bytes": 1, "sha256": "d" * 64}}, "is not named by its SHA"),
        ({"tokenizer": {"file": f"{'e' * 16}.json", "bytes": 1, "sha256": "e" * 63}}, "no proper SHA-256"),
    ],
)
def test_what_the_format_does_not_allow_is_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(BundleError) as caught:
        parse_manifest(changed(**changes))
    assert complaint in caught.value.message


def test_a_variant_whose_sum_is_wrong_is_refused() -> None:
    variants = json.loads(serialize_manifest(manifest()))["variants"]
    variants[0]["bytes"] = 23
    with pytest.raises(BundleError, match="says 23 bytes, its files have 22"):
        parse_manifest(changed(variants=variants))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"raw_bytes": 0}, "expands to is 0; 1 to 16777216 are allowed"),
        ({"raw_bytes": 2**25}, "expands to is 33554432; 1 to 16777216 are allowed"),
        ({"encoding": "none"}, "is not encoded, yet has 8 bytes for 9"),
    ],
)
def test_a_shard_whose_sizes_cannot_be_is_refused(change: dict[str, object], complaint: str) -> None:
    variants = json.loads(serialize_manifest(manifest()))["variants"]
    variants[0]["shards"][0].update(change)
    with pytest.raises(BundleError, match=complaint):
        parse_manifest(changed(variants=variants))


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    with pytest.raises(BundleError):
        parse_manifest(data)
