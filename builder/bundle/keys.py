"""Keys on disk: pairs for signing as PKCS#8 PEM, and the public keys that are trusted.

A private key is written once, for its owner's eyes, and never printed. Whoever gives none signs with the
development key, which is made on first use and known on this machine only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from builder.bundle.signing import PUBLIC_KEY, public_bytes
from builder.errors import ExcerptError

# Raw public keys in hexadecimal, with commas or blanks between them: whose bundles an app may open.
TRUSTED_VARIABLE = "EXCERPT_PUBLIC_KEYS"
# The file of the private key to sign with.
SIGNING_VARIABLE = "EXCERPT_KEY"
# No key file comes near this.
MAX_KEY_BYTES = 10_000


class KeyFileError(ExcerptError):
    """A key cannot be read, or there is one already where a new one is to go."""


def development_path(cache: Path) -> Path:
    """Where the development key lies."""
    return cache / "keys" / "development.pem"


def development_key(cache: Path) -> tuple[Ed25519PrivateKey, bool]:
    """The development key, and whether it was made just now. Raises KeyFileError."""
    path = development_path(cache)
    if path.is_file():
        return load_key(path), False
    try:
        return new_key(path), True
    except FileExistsError:  # Another build made it in the meantime.
        return load_key(path), False


def new_key(path: Path) -> Ed25519PrivateKey:
    """Make a key pair and write it to a new file that only its owner can read. Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name appears when the content is whole: another build may look for it at the same time.
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        path.hardlink_to(partial)
    finally:
        partial.unlink()
    return key


def load_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a PKCS#8 PEM file. Raises KeyFileError, which says nothing of the content."""
    try:
        key = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError) as error:
        raise _unusable(path, "is no private key in PEM without a passphrase") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path, "is a key of another kind, not Ed25519")
    return key


def load_public(text: str) -> bytes:
    """A raw public key: 64 hexadecimal digits, or a PEM file, public or private. Raises KeyFileError."""
    if PUBLIC_KEY.fullmatch(text.lower()):
        return bytes.fromhex(text)
    path = Path(text)
    content = _read(path)
    if b"PRIVATE KEY" in content:
        return public_bytes(load_key(path))
    try:
        key = load_pem_public_key(content)
    except (ValueError, TypeError) as error:
        raise _unusable(path, "is neither 64 hexadecimal digits nor a key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise _unusable(path, "is a key of another kind, not Ed25519")
    return key.public_bytes_raw()


def chosen_path(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file of the private key that EXCERPT_KEY names, or None."""
    path = environment.get(SIGNING_VARIABLE)
    return Path(path) if path else None


def own_key(cache: Path, environment: Mapping[str, str] = os.environ) -> Ed25519PrivateKey:
    """The key to sign with where nobody names one: that of EXCERPT_KEY, else the development key.

    Raises KeyFileError.
    """
    chosen = chosen_path(environment)
    return development_key(cache)[0] if chosen is None else load_key(chosen)


def trusted_keys(cache: Path, environment: Mapping[str, str] = os.environ) -> list[bytes]:
    """Whose bundles are trusted where nobody says otherwise: the keys in EXCERPT_PUBLIC_KEYS, else that of
    EXCERPT_KEY, else the development key if there is one.

    Raises KeyFileError.
    """
    if listed := environment.get(TRUSTED_VARIABLE, "").replace(",", " ").split():
        return [load_public(one) for one in listed]
    path = chosen_path(environment) or development_path(cache)
    if path == development_path(cache) and not path.is_file():
        return []
    return [public_bytes(load_key(path))]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_KEY_BYTES)
    except OSError as error:
        raise _unusable(path, f"cannot be read ({error.strerror})") from error


def _unusable(path: Path, why: str) -> KeyFileError:
    return KeyFileError(f"the key {path} {why}", "give another, or make one with `excerpt keys new`")
