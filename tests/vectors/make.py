"""Writes the vectors that Python and the browser check alike: `python -m tests.vectors.make`.

`signatures.json`: a manifest and its signature as they would be served, who is trusted, what time it is, and
the code of the refusal (null: accepted). `bundles.json`: whole bundles of small files, in base64. All follows
from fixed seeds, and a test holds the files to what this script makes.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from builder.bundle.manifest import (
    CacheTensor,
    FileEntry,
    KnownAnswer,
    Manifest,
    Model,
    PromptParts,
    Shard,
    Variant,
    serialize_manifest,
    with_version,
)
from builder.bundle.signing import DAY, key_id, public_bytes, sign_manifest
from builder.canonical import canonical_json

FOLDER = Path(__file__).parent
NOW = 1_800_000_000
ISSUED = NOW - 10 * DAY
EXPIRES = NOW + 90 * DAY

MINE = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)
OTHERS = Ed25519PrivateKey.from_private_bytes(bytes([2]) * 32)

TOKENIZER = b'{"model":{"type":"BPE"}}'
GRAPH = b"a graph without its weights"
SHARDS = (b"first piece ", b"second piece ", b"third")

Fields = dict[str, Any]


def entry(content: bytes, ending: str) -> FileEntry:
    """The entry of a file with this content."""
    digest = hashlib.sha256(content).hexdigest()
    return FileEntry(f"{digest[:16]}.{ending}", len(content), digest)


def shard(content: bytes) -> Shard:
    """The entry of a piece of weights that is stored as it is."""
    plain = entry(content, "bin")
    return Shard(plain.file, plain.bytes, plain.sha256, "none", plain.bytes)


def small_manifest() -> Manifest:
    """A manifest that breaks no rule."""
    graph, shards = entry(GRAPH, "onnx"), tuple(map(shard, SHARDS))
    variant = Variant(
        name="wasm-int8",
        backend="wasm",
        requires=(),
        graph=graph,
        weights_name="weights.bin",
        shards=shards,
        bytes=graph.bytes + sum(one.bytes for one in shards),
        figures={"kl_divergence": 0.5},
        known_answer=KnownAnswer((1, 2), (1,), (3,)),
    )
    return with_version(
        Manifest(
            format=2,
            name="Vector",
            version="",
            license="Apache-2.0",
            source={"kind": "none"},
            model=Model("llama", 300, 2048, None, 2, None, 0),
            cache=(CacheTensor("past.0", "present.0", ("batch", "past", 3, 64), "float32", "columns"),),
            prompt=PromptParts("fields", "Text, é and 文:\n", "\n", "- {name} ({description}):", "- {name}:"),
            tokenizer=entry(TOKENIZER, "json"),
            variants=(variant,),
        )
    )


MANIFEST = serialize_manifest(small_manifest())


def signed(manifest: bytes = MANIFEST, issued: int = ISSUED, expires: int = EXPIRES) -> bytes:
    """A right signature."""
    return sign_manifest(manifest, MINE, issued, expires)


def case(
    name: str, code: str | None, manifest: bytes = MANIFEST, signature: bytes | None = None, **other: object
) -> Fields:
    """One vector; what is not said is right."""
    made = {
        "name": name,
        "code": code,
        "manifest": manifest.decode(),
        "signature": (signed(manifest) if signature is None else signature).decode(),
        "trusted": [public_bytes(MINE).hex()],
        "now": NOW,
        "newest": 0,
    }
    return made | other


def changed(change: Callable[[Fields], object], data: bytes = MANIFEST, versioned: bool = True) -> bytes:
    """Canonical JSON after a change to its fields; a manifest's version follows, so that only the change is
    wrong."""
    fields = json.loads(data)
    change(fields)
    if versioned and "version" in fields:
        fields["version"] = ""
        fields["version"] = hashlib.sha256(canonical_json(fields)).hexdigest()[:16]
    return canonical_json(fields)


def put(*path: str | int, value: object) -> Callable[[Fields], None]:
    """The change that puts a value at a place."""

    def change(fields: Any) -> None:  # noqa: ANN401 (parsed JSON)
        for key in path[:-1]:
            fields = fields[key]
        fields[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Fields], None]:
    """The change that takes a place away."""

    def change(fields: Any) -> None:  # noqa: ANN401 (parsed JSON)
        for key in path[:-1]:
            fields = fields[key]
        del fields[path[-1]]

    return change


def accepted() -> Iterator[Fields]:
    """What is to be taken."""
    yield case("good", None)
    both = [public_bytes(OTHERS).hex(), public_bytes(MINE).hex()]
    yield case("good, one of two trusted keys", None, trusted=both)
    yield case("as new as the newest seen", None, newest=ISSUED)
    yield case("with scores", None, scored())
    yield case("expired within a day of a wrong clock", None, now=EXPIRES + DAY)
    yield case("issued within a day of a wrong clock", None, now=ISSUED - DAY)


def scores(**other: object) -> Fields:
    """Scores that break no rule, but for what is said."""
    made: Fields = {
        "date": "2024-02-29",
        "weights": "0" * 16,
        "variant": "wasm-int8",
        "f1": 0.75,
        "false_fill": 0.125,
        "sets": {"receipts": {"records": 40, "f1": 0.75}},
    }
    return made | other


def untrusted() -> Iterator[Fields]:
    """Signatures that are not of a trusted key, or not of this manifest."""
    theirs = sign_manifest(MANIFEST, OTHERS, ISSUED, EXPIRES)
    yield case("another key", "signature-unknown-key", signature=theirs)
    yield case("no trusted key at all", "signature-unknown-key", trusted=[])
    posing = changed(put("key_id", value=key_id(public_bytes(MINE))), theirs)
    yield case("another key under a trusted key's id", "signature-wrong", signature=posing)
    digits = json.loads(signed())["signature"]
    flipped = f"{int(digits[0], 16) ^ 1:x}{digits[1:]}"
    yield case("one bit of the signature", "signature-wrong", signature=resigned("signature", flipped))
    yield case("a later end of time", "signature-wrong", signature=resigned("expires", EXPIRES + 1))
    yield case("another time of issue", "signature-wrong", signature=resigned("issued", ISSUED + 1))
    other = hashlib.sha256(b"another").hexdigest()
    yield case("another manifest's hash", "signature-wrong", signature=resigned("manifest_sha256", other))
    bare = resigned("signature", MINE.sign(MANIFEST).hex())
    yield case("a signature of the manifest itself", "signature-wrong", signature=bare)
    fields = json.loads(signed())
    del fields["signature"]
    domainless = resigned("signature", MINE.sign(canonical_json(fields)).hex())
    yield case("a signature for no domain", "signature-wrong", signature=domainless)
    yield case("no signature in it", "signature-wrong", signature=resigned("signature", "0" * 128))


def resigned(field: str, value: object) -> bytes:
    """The right signature's file with another value in one place."""
    return changed(put(field, value=value), signed())


def altered() -> Iterator[Fields]:
    """Manifests that were changed after they had been signed."""
    right = signed()
    turned = changed(lambda fields: fields["variants"][0]["shards"].reverse())
    yield case("shards in another order", "manifest-altered", turned, right)
    fewer = changed(drop("variants", 0, "shards", 2))
    yield case("a shard less", "manifest-altered", fewer, right)
    yield case("another license", "manifest-altered", changed(put("license", value="MIT")), right)
    yield case("a shorter manifest", "manifest-altered", MANIFEST[:-1], right)
    yield case("a page for a manifest", "manifest-altered", b"<!doctype html>", right)
    yield case("no manifest", "manifest-altered", b"", right)


def untimely() -> Iterator[Fields]:
    """Signatures that came too early, too late, or back."""
    yield case("expired", "signature-expired", now=EXPIRES + DAY + 1)
    yield case("issued in the future", "signature-early", now=ISSUED - DAY - 1)
    yield case("rolled back", "signature-rolled-back", newest=ISSUED + 1)


def misshapen() -> Iterator[Fields]:
    """Signature files that are none."""
    right = signed()
    text = right.decode()
    early = resigned("expires", ISSUED)
    for name, fault, data in (
        ("an unknown field", "unknown-field", changed(put("colour", value="red"), right)),
        ("a missing field", "missing-field", changed(drop("expires"), right)),
        ("a time as text", "type", resigned("issued", str(ISSUED))),
        ("a time that is true", "type", resigned("issued", True)),
        ("half a second", "type", resigned("issued", ISSUED + 0.5)),
        ("an end before its beginning", "value", early),
        ("a year after 9999", "value", resigned("expires", 2**52)),
        ("a time before 1970", "value", resigned("issued", -1)),
        ("a manifest larger than any", "value", resigned("manifest_bytes", 1_000_001)),
        ("a signature in capitals", "value", resigned("signature", "A" * 128)),
        ("a short key id", "value", resigned("key_id", "0123")),
        ("another format", "format", resigned("format", 2)),
        ("no format", "format", changed(drop("format"), right)),
        ("white space", "order", text.replace(":", ": ", 1).encode()),
        ("a line end", "order", right + b"\n"),
        ("a field twice", "order", text.replace('"format":1', '"format":1,"format":1').encode()),
        ("another order", "order", reordered(right)),
        ("a list", "type", b"[]"),
        ("nothing", "unreadable", b""),
        ("a page", "unreadable", b"<!doctype html>"),
        ("a byte order mark", "unreadable", b"\xef\xbb\xbf" + right),
        ("too many bytes", "size", right + b" " * 1024),
    ):
        yield case(f"signature: {name}", f"signature-{fault}", signature=data)


def reordered(data: bytes) -> bytes:
    """The same fields, the last one first."""
    fields = json.loads(data)
    return json.dumps(dict(reversed(fields.items())), separators=(",", ":"), ensure_ascii=False).encode()


def scored() -> bytes:
    """The manifest with scores."""
    return changed(put("scores", value=scores()))


def refused() -> Iterator[Fields]:
    """Manifests that break a rule though they are signed."""
    one, first = ("variants", 0), ("variants", 0, "shards", 0)
    text = MANIFEST.decode()
    twice = json.loads(MANIFEST)["variants"][0]
    big = shard(b"big")
    huge = dataclasses.asdict(dataclasses.replace(big, bytes=2**53 - 1, raw_bytes=2**53 - 1))
    over = dataclasses.asdict(dataclasses.replace(big, bytes=17 << 20, raw_bytes=17 << 20))
    for name, fault, data in (
        ("an unknown field", "unknown-field", changed(put("colour", value="red"))),
        ("an unknown field of a shard", "unknown-field", changed(put(*first, "url", value="x"))),
        ("a missing field", "missing-field", changed(drop("license"))),
        ("a wrong type", "type", changed(put("model", "vocab_size", value="300"))),
        ("an optional field that is null", "type", changed(put("calibration", value=None))),
        ("a share above 1", "value", changed(put("scores", value=scores(f1=1.5)))),
        ("scores of no set", "value", changed(put("scores", value=scores(sets={})))),
        (
            "a set's name of two words",
            "value",
            changed(put("scores", value=scores(sets={"a b": {"records": 1, "f1": 0.5}}))),
        ),
        ("scores of no day", "value", changed(put("scores", value=scores(date="today")))),
        ("scores without a variant", "missing-field", changed(drop("scores", "variant"), scored())),
        ("another format", "format", changed(put("format", value=1))),
        ("a huge file", "value", changed(put(*first, value=huge))),
        ("a shard above its bound", "value", changed(put(*first, value=over))),
        ("a huge tokenizer", "value", changed(put("tokenizer", "bytes", value=65 << 20))),
        ("an empty file", "value", changed(put("tokenizer", "bytes", value=0))),
        ("sizes that do not add up", "value", changed(put(*one, "bytes", value=7))),
        ("no shards", "value", changed(put(*one, "shards", value=[]))),
        ("no variants", "value", changed(put("variants", value=[]))),
        ("a variant's name twice", "value", changed(put("variants", value=[twice, twice]))),
        ("a path for a name", "value", changed(put(*first, "file", value="../../secret.bin"))),
        ("an address for a name", "value", changed(put(*first, "file", value="//elsewhere.example/a.bin"))),
        ("a name that is not its hash", "value", changed(put(*first, "file", value=f"{'0' * 16}.bin"))),
        ("a name of another kind", "value", changed(put("tokenizer", "file", value=renamed("onnx")))),
        ("a hash in capitals", "value", changed(put(*first, "sha256", value="A" * 64))),
        ("weights in a folder", "value", changed(put(*one, "weights_name", value="../weights"))),
        ("white space", "order", text.replace(":", ": ", 1).encode()),
        ("a field twice", "order", text.replace('"format":2', '"format":2,"format":2').encode()),
        ("another order", "order", reordered(MANIFEST)),
        ("half a character", "unreadable", text.replace("Vector", "\\ud800").encode()),
        ("no number", "unreadable", text.replace("0.5", "NaN").encode()),
        ("a list", "type", b"[1]"),
        ("a page", "unreadable", b"<!doctype html>"),
    ):
        yield case(f"manifest: {name}", f"manifest-{fault}", data)


def renamed(ending: str) -> str:
    """The tokenizer's name with another ending."""
    return f"{hashlib.sha256(TOKENIZER).hexdigest()[:16]}.{ending}"


def bundles() -> Iterator[Fields]:
    """Whole bundles: what is missing, and what is not what its name says."""
    contents = {shard(piece).file: piece for piece in SHARDS}
    first, second, third = contents
    whole = {
        **contents,
        entry(GRAPH, "onnx").file: GRAPH,
        entry(TOKENIZER, "json").file: TOKENIZER,
        "manifest.json": MANIFEST,
        "manifest.sig": signed(),
    }
    yield bundle("whole", None, whole)
    yield bundle("without a shard", "shard-missing", without(whole, second))
    yield bundle("without the manifest", "manifest-missing", without(whole, "manifest.json"))
    yield bundle("without the signature", "signature-missing", without(whole, "manifest.sig"))
    yield bundle("one byte of a shard", "shard-mismatch", whole | {second: b"sEcond piece "})
    yield bundle("a shorter shard", "shard-mismatch", whole | {third: b"thir"})
    yield bundle("a longer shard", "shard-mismatch", whole | {third: b"third, and more"})
    swapped = whole | {first: contents[second], second: contents[first]}
    yield bundle("two shards in each other's place", "shard-mismatch", swapped)
    yield bundle("another graph", "shard-mismatch", whole | {entry(GRAPH, "onnx").file: GRAPH.upper()})


def without(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """All files but one."""
    return {other: content for other, content in files.items() if other != name}


def bundle(name: str, code: str | None, files: dict[str, bytes]) -> Fields:
    """One vector."""
    encoded = {file: base64.b64encode(content).decode() for file, content in sorted(files.items())}
    trusted = [public_bytes(MINE).hex()]
    return {"name": name, "code": code, "trusted": trusted, "now": NOW, "files": encoded}


def contents() -> dict[str, str]:
    """The files' texts by name."""
    signatures = [*accepted(), *untrusted(), *altered(), *untimely(), *misshapen(), *refused()]
    return {
        "signatures.json": json.dumps(signatures, indent=1, ensure_ascii=True) + "\n",
        "bundles.json": json.dumps(list(bundles()), indent=1) + "\n",
    }


def main() -> None:
    """Write the files."""
    for name, text in contents().items():
        (FOLDER / name).write_text(text, encoding="ascii")
        print(f"Wrote {FOLDER / name}")


if __name__ == "__main__":
    main()
