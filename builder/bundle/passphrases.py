"""Which key a bundle is encrypted with: from a passphrase, or given and handed out by an endpoint."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from builder.bundle.encryption import (
    KEY_ADDRESS,
    KEY_BYTES,
    EndpointKey,
    PassphraseKey,
    default_salt,
    is_hex,
    with_passphrase,
)
from builder.bundle.manifest import MANIFEST_NAME, MAX_MANIFEST_BYTES, parse_manifest
from builder.bundle.whereabouts import BundleFolder
from builder.errors import ExcerptError

VARIABLE = "EXCERPT_PASSPHRASE"
LEAST_CHARACTERS = 12


class PassphraseError(ExcerptError):
    """A passphrase, a salt or a key that cannot be used."""


@dataclass(frozen=True)
class Passphrase:
    """Where the passphrase comes from (a file, the environment or the person), and how it is stretched."""

    file: Path | None
    salt: str | None
    iterations: int


def choose_key(
    folder: Path, wanted: Passphrase, key_file: Path | None, key_path: str | None
) -> tuple[bytes, PassphraseKey | EndpointKey]:
    """The content key and what the manifest says of it. Raises PassphraseError, BundleError."""
    content_key = None if key_file is None else read_key(key_file)
    if key_path is not None:
        return endpoint_key(content_key, key_path)
    manifest = parse_manifest(BundleFolder(folder).read(MANIFEST_NAME, MAX_MANIFEST_BYTES))
    salt = default_salt(manifest.name) if wanted.salt is None else read_salt(wanted.salt)
    return with_passphrase(read_passphrase(wanted.file), salt, wanted.iterations, content_key)


def endpoint_key(content_key: bytes | None, path: str) -> tuple[bytes, EndpointKey]:
    """A key that an endpoint hands out has to be known beforehand."""
    if content_key is None:
        raise PassphraseError(
            "--key-path needs the key that will be handed out", "give it with --key-file FILE"
        )
    if not KEY_ADDRESS.fullmatch(path):
        raise PassphraseError(f"{path[:80]!r} is no path of the app's origin", "give one such as /keys/model")
    return content_key, EndpointKey("endpoint", path)


def read_key(path: Path) -> bytes:
    """A content key in hexadecimal."""
    text = path.read_text(encoding="utf-8").strip().lower()
    if not is_hex(text, KEY_BYTES):
        raise PassphraseError(
            f"{path} holds no key of 64 hexadecimal digits", "make one: openssl rand -hex 32"
        )
    return bytes.fromhex(text)


def read_salt(text: str) -> bytes:
    """A salt in hexadecimal."""
    if not is_hex(text.lower(), 16):
        raise PassphraseError("--salt is not 32 hexadecimal digits", "make one: openssl rand -hex 16")
    return bytes.fromhex(text)


def read_passphrase(path: Path | None, ask: Callable[[], str] | None = None) -> str:
    """The passphrase. It is never printed and stands in no error."""
    if path is not None:
        passphrase = path.read_text(encoding="utf-8").partition("\n")[0]
    else:
        passphrase = os.environ.get(VARIABLE) or (ask or ask_person)()
    if len(passphrase) < LEAST_CHARACTERS:
        raise PassphraseError(
            f"the passphrase has {len(passphrase)} characters, at least {LEAST_CHARACTERS} are wanted",
            "take a longer one, five words for example",
        )
    return passphrase


def ask_person() -> str:
    """Asked for twice on the terminal."""
    passphrase: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    return passphrase
