"""Signing a bundle's folder: when it is needed, and with which times."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from builder.bundle.manifest import MANIFEST_NAME, MAX_MANIFEST_BYTES, parse_manifest
from builder.bundle.signing import DAY, KIND, SIGNATURE_NAME, authenticate, public_bytes, sign_manifest
from builder.bundle.whereabouts import BundleFolder
from builder.errors import BundleError, ExcerptError

LIFETIME_DAYS = 365
# A signature that is good for less is replaced by the next build.
RENEW_DAYS = 30
EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


class SigningTimeError(ExcerptError):
    """The time to sign with is none."""


def signing_time(environment: Mapping[str, str] = os.environ) -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH where it is set, else the clock's. Raises SigningTimeError."""
    text = environment.get(EPOCH_VARIABLE)
    if text is None:
        return int(time.time())
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise SigningTimeError(
            f"{EPOCH_VARIABLE} is {text[:40]!r}, expected seconds since 1970", "correct it or unset it"
        )
    return int(text)


def seal(folder: Path, key: Ed25519PrivateKey, issued: int, days: int = LIFETIME_DAYS) -> bytes:
    """Sign the manifest in `folder` for so many days and write `manifest.sig` beside it; its bytes.

    Raises BundleError where there is no manifest or one that no reader would take.
    """
    manifest = BundleFolder(folder).read(MANIFEST_NAME, MAX_MANIFEST_BYTES)
    parse_manifest(manifest)
    signature = sign_manifest(manifest, key, issued, issued + days * DAY)
    target = folder / SIGNATURE_NAME
    partial = target.with_name(f".{SIGNATURE_NAME}.{os.getpid()}")
    partial.write_bytes(signature)
    partial.replace(target)
    return signature


def ensure_sealed(folder: Path, key: Ed25519PrivateKey) -> bool:
    """Sign the bundle in `folder` unless its signature is this key's, of this manifest and good for a while;
    whether it was signed now. Raises BundleError as `seal` does.
    """
    now = signing_time()
    if is_sealed(folder, public_bytes(key), now):
        return False
    seal(folder, key, now)
    return True


def is_sealed(folder: Path, public: bytes, now: int) -> bool:
    """Whether the signature in `folder` is that of a key, of this manifest and good for RENEW_DAYS yet."""
    try:
        where = BundleFolder(folder)
        data = where.read(SIGNATURE_NAME, KIND.most_bytes)
        signature = authenticate(data, where.read(MANIFEST_NAME, MAX_MANIFEST_BYTES), [public])
    except BundleError:
        return False
    return signature.issued <= now and signature.expires - now >= RENEW_DAYS * DAY
