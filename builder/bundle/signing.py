"""The signature of a bundle, `manifest.sig`: whose manifest it is, since when and until when. No IO.

A file of its own beside `manifest.json`, so that the manifest's bytes depend on recipe and builder alone. It
is canonical JSON and names the manifest by length and SHA-256; an Ed25519 key signs `DOMAIN` and the file
without its field `signature`. The rules are those of `web/src/bundle/signature.ts`, code for code:

- the key is one of those that are trusted, and the signature is that key's;
- the manifest is the one that was signed;
- it was not issued in the future and has not expired, give or take a day of a clock that is wrong;
- it was not issued before the newest that was seen at the same address.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from builder.bundle.manifest import MAX_MANIFEST_BYTES
from builder.canonical import FileKind, canonical_json, read_canonical
from builder.errors import BundleError
from builder.records import write_record

SIGNATURE_NAME = "manifest.sig"
KIND = FileKind("signature", 1, 1024, "sign the bundle again with `excerpt sign`")
DOMAIN = b"excerpt manifest signature 1\n"
DAY = 86_400
# How wrong a clock may be.
SKEW = DAY
# The last second of the year 9999.
LATEST = 253_402_300_799
PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")
FORMS = {
    "key_id": re.compile(r"[0-9a-f]{16}"),
    "manifest_sha256": re.compile(r"[0-9a-f]{64}"),
    "signature": re.compile(r"[0-9a-f]{128}"),
}


@dataclass(frozen=True)
class Signature:
    """What `manifest.sig` says. Times are seconds since 1970; `signature` is hexadecimal."""

    format: Literal[1]
    key_id: str
    issued: int
    expires: int
    manifest_bytes: int
    manifest_sha256: str
    signature: str


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The raw public key, 32 bytes."""
    return key.public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """What a raw public key is called: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def sign_manifest(manifest: bytes, key: Ed25519PrivateKey, issued: int, expires: int) -> bytes:
    """The bytes of `manifest.sig` for these of `manifest.json`; the same arguments give the same bytes.

    Raises BundleError for times that no reader would take.
    """
    unsigned = Signature(
        format=1,
        key_id=key_id(public_bytes(key)),
        issued=issued,
        expires=expires,
        manifest_bytes=len(manifest),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        signature="0" * 128,
    )
    check_values(unsigned)
    signed = replace(unsigned, signature=key.sign(signed_bytes(unsigned)).hex())
    return canonical_json(write_record(signed))


def signed_bytes(signature: Signature) -> bytes:
    """What the key signs: the domain, then every field but the signature itself."""
    fields = write_record(signature)
    del fields["signature"]
    return DOMAIN + canonical_json(fields)


def parse_signature(data: bytes) -> Signature:
    """Read `manifest.sig` without trusting it. Raises BundleError whose code begins with `signature-`."""
    signature = read_canonical(Signature, data, KIND)
    check_values(signature)
    return signature


def check_values(signature: Signature) -> None:
    """Raise BundleError for a value that cannot be."""
    for name, form in FORMS.items():
        if not form.fullmatch(getattr(signature, name)):
            raise KIND.refusal("value", f"its {name} is not of the form {form.pattern}")
    if not 0 <= signature.issued < signature.expires <= LATEST:
        raise KIND.refusal("value", f"it is good from {signature.issued} to {signature.expires}")
    if not 1 <= signature.manifest_bytes <= MAX_MANIFEST_BYTES:
        raise KIND.refusal("value", f"it is for a manifest of {signature.manifest_bytes} bytes")


def authenticate(data: bytes, manifest: bytes, trusted: Iterable[bytes]) -> Signature:
    """The signature, if one of the trusted raw public keys made it for exactly this manifest.

    Says nothing of time: see `check_fresh`. Raises BundleError.
    """
    signature = parse_signature(data)
    keys = {key_id(public): public for public in trusted}
    public = keys.get(signature.key_id)
    if public is None:
        known = ", ".join(keys) or "none"
        raise BundleError(
            f"the bundle is signed by the key {signature.key_id}; trusted here: {known}",
            "name its public key with --key if you trust it, or sign the bundle with a trusted one "
            "(`excerpt sign`)",
            "signature-unknown-key",
        )
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            bytes.fromhex(signature.signature), signed_bytes(signature)
        )
    except (InvalidSignature, ValueError) as error:
        raise BundleError(
            f"the signature is not by the key {signature.key_id} that it names",
            "take the bundle from its maker again, or sign it again with `excerpt sign`",
            "signature-wrong",
        ) from error
    check_digest(signature, manifest)
    return signature


def check_digest(signature: Signature, manifest: bytes) -> None:
    """Raise BundleError unless this is the manifest that was signed."""
    found = (len(manifest), hashlib.sha256(manifest).hexdigest())
    if found != (signature.manifest_bytes, signature.manifest_sha256):
        raise BundleError(
            f"the manifest is not the one that was signed (it has {found[0]} bytes and SHA-256 {found[1]}, "
            f"signed were {signature.manifest_bytes} bytes and {signature.manifest_sha256})",
            "take the bundle from its maker again; if you are its maker, sign it with `excerpt sign`",
            "manifest-altered",
        )


def check_fresh(signature: Signature, now: int, newest: int = 0) -> None:
    """Raise BundleError unless a signature may be taken at the time `now`.

    `newest` is the latest `issued` that was seen at the same address.
    """
    if signature.issued > now + SKEW:
        raise BundleError(
            f"the bundle was signed in the future: on {day(signature.issued)}, today is {day(now)}",
            "set this machine's clock right, or sign the bundle again on one whose clock is",
            "signature-early",
        )
    if has_expired(signature, now):
        raise BundleError(
            f"the signature was good until {day(signature.expires)}, today is {day(now)}",
            "sign the bundle again with `excerpt sign`",
            "signature-expired",
        )
    if signature.issued < newest:
        raise BundleError(
            f"the bundle was signed on {day(signature.issued)}, a newer one was seen before ({day(newest)})",
            "publish the newer one again; if the older is meant, sign it again with `excerpt sign`",
            "signature-rolled-back",
        )


def day(seconds: int) -> str:
    """The day of a time, such as 2026-11-22, in UTC."""
    return datetime.fromtimestamp(min(seconds, LATEST), UTC).date().isoformat()


def has_expired(signature: Signature, now: int) -> bool:
    """Whether a signature is past its time, a wrong clock allowed for."""
    return now > signature.expires + SKEW
