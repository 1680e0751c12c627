"""Encryption of a bundle's files at rest, and of the key that they are encrypted with. No IO.

A file is a header and chunks of AES-256-GCM, so that it is made and read piece by piece:

    header   "excerpt" 0x01 · chunk size, 4 bytes · file id, 16 bytes      (integers are big-endian)
    chunk    ciphertext of so many bytes, the last one shorter · 16 bytes of tag

The file id is drawn by HKDF-SHA256 from the content key and the SHA-256 of the plain file: it looks random,
says nothing without the key, and the same file under the same key gives the same bytes, so that an update
fetches only what changed. Each file has a key of its own, drawn by HKDF from the content key and the file id,
and a nonce prefix of 7 bytes likewise; a chunk's nonce is the prefix, the chunk's number (4 bytes), and 1 for
the last chunk or 0 for others. The header is authenticated with every chunk. So chunks that are cut off, left
out, swapped, taken from another file or changed in any bit are refused.

The content key comes wrapped (AES key wrap, RFC 3394) by a key from a passphrase (PBKDF2-HMAC-SHA256), or
from an endpoint that hands it to those it knows. `web/src/bundle/decrypt.ts` reads the same;
`tests/vectors/encryption.json` holds both to it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from builder.errors import BundleError

MAGIC = b"excerpt\x01"
FILE_ID_BYTES = 16
HEADER_BYTES = len(MAGIC) + 4 + FILE_ID_BYTES
TAG_BYTES = 16
CHUNK_BYTES = 1 << 20
LEAST_CHUNK_BYTES, MOST_CHUNK_BYTES = 64, 1 << 24
KEY_BYTES = 32
LEAST_ITERATIONS, MOST_ITERATIONS = 600_000, 10_000_000
HEX = re.compile(r"(?:[0-9a-f]{2})+")
KEY_ADDRESS = re.compile(r"/(?!/)[\w./~-]{0,199}", re.ASCII)


@dataclass(frozen=True)
class PassphraseKey:
    """The content key, wrapped by a key from a passphrase. Hexadecimal throughout."""

    kind: Literal["passphrase"]
    salt: str
    iterations: int
    wrapped: str


@dataclass(frozen=True)
class EndpointKey:
    """The content key is asked for at a path of the app's own origin, with a bearer token."""

    kind: Literal["endpoint"]
    path: str


@dataclass(frozen=True)
class Encryption:
    """How a bundle's files are encrypted. `key_id` tells content keys apart and says nothing about them."""

    cipher: Literal["aes-256-gcm-chunks"]
    chunk_bytes: int
    key_id: str
    key: PassphraseKey | EndpointKey


def complaint(encryption: Encryption) -> str | None:
    """What is wrong with a well-shaped table, or None."""
    key = encryption.key
    if not LEAST_CHUNK_BYTES <= encryption.chunk_bytes <= MOST_CHUNK_BYTES:
        return f"encryption.chunk_bytes is {encryption.chunk_bytes}"
    if not is_hex(encryption.key_id, 8):
        return "encryption.key_id is not 16 hexadecimal digits"
    if isinstance(key, EndpointKey):
        return (
            None if KEY_ADDRESS.fullmatch(key.path) else "encryption.key.path is no plain path of the origin"
        )
    if not LEAST_ITERATIONS <= key.iterations <= MOST_ITERATIONS:
        allowed = f"{LEAST_ITERATIONS} to {MOST_ITERATIONS} are allowed"
        return f"encryption.key.iterations is {key.iterations}; {allowed}"
    if not is_hex(key.salt, 16) or not is_hex(key.wrapped, KEY_BYTES + 8):
        return "encryption.key has a salt or a wrapped key of the wrong length"
    return None


def is_hex(text: str, size: int) -> bool:
    """Whether a text is so many bytes in lower-case hexadecimal."""
    return len(text) == 2 * size and HEX.fullmatch(text) is not None


def derive(key: bytes, salt: bytes, purpose: str, size: int) -> bytes:
    """HKDF-SHA256: a key or an id for one purpose."""
    return HKDF(hashes.SHA256(), size, salt, f"excerpt {purpose}".encode()).derive(key)


def key_id(content_key: bytes) -> str:
    """16 hexadecimal digits by which a content key is told from others."""
    return derive(content_key, b"", "key id", 8).hex()


def passphrase_master(passphrase: str, salt: bytes, iterations: int) -> bytes:
    """What a passphrase is worth: 32 bytes that are dear to compute."""
    text = unicodedata.normalize("NFC", passphrase).encode()
    return PBKDF2HMAC(hashes.SHA256(), KEY_BYTES, salt, iterations).derive(text)


def with_passphrase(
    passphrase: str, salt: bytes, iterations: int = LEAST_ITERATIONS, content_key: bytes | None = None
) -> tuple[bytes, PassphraseKey]:
    """A content key and its wrapping. Without one given the passphrase and the salt decide it, so that the
    same bundle is encrypted to the same bytes."""
    master = passphrase_master(passphrase, salt, iterations)
    key = content_key or derive(master, b"", "content key", KEY_BYTES)
    wrapped = aes_key_wrap(derive(master, b"", "wrapping key", KEY_BYTES), key)
    return key, PassphraseKey("passphrase", salt.hex(), iterations, wrapped.hex())


def unwrap(passphrase: str, wrapped: PassphraseKey) -> bytes:
    """The content key. Raises BundleError (`key-wrong`) for another passphrase."""
    master = passphrase_master(passphrase, bytes.fromhex(wrapped.salt), wrapped.iterations)
    try:
        return aes_key_unwrap(derive(master, b"", "wrapping key", KEY_BYTES), bytes.fromhex(wrapped.wrapped))
    except InvalidUnwrap as error:
        raise BundleError(
            "the passphrase is not the one that the bundle was encrypted with", "try another", "key-wrong"
        ) from error


def default_salt(name: str) -> bytes:
    """A salt for bundles of this name: one for all versions, so that they share what is the same in them."""
    return hashlib.sha256(f"excerpt salt\n{name}".encode()).digest()[:16]


def stored_size(plain: int, chunk_bytes: int) -> int:
    """The size of an encrypted file."""
    return HEADER_BYTES + plain + TAG_BYTES * max(1, -(-plain // chunk_bytes))


def plain_size(stored: int, chunk_bytes: int) -> int | None:
    """The size of the plain file, or None where no file has this size when it is encrypted."""
    body = stored - HEADER_BYTES
    chunks = -(-body // (chunk_bytes + TAG_BYTES))
    plain = body - TAG_BYTES * chunks
    return plain if plain >= 0 and stored_size(plain, chunk_bytes) == stored else None


def encrypt_file(plain: bytes, content_key: bytes, chunk_bytes: int = CHUNK_BYTES) -> bytes:
    """The encrypted form of a file; equal files under equal keys give equal bytes."""
    file_id = derive(content_key, hashlib.sha256(plain).digest(), "file id", FILE_ID_BYTES)
    header = MAGIC + chunk_bytes.to_bytes(4) + file_id
    cipher, prefix = file_cipher(content_key, file_id)
    starts = range(0, max(1, len(plain)), chunk_bytes)
    chunks = (
        cipher.encrypt(nonce(prefix, number, number + 1 == len(starts)), plain[at : at + chunk_bytes], header)
        for number, at in enumerate(starts)
    )
    return b"".join((header, *chunks))


def decrypt_file(stored: bytes, content_key: bytes, chunk_bytes: int = CHUNK_BYTES) -> bytes:
    """The plain file. Raises BundleError (`file-undecryptable`) for anything but what `encrypt_file` gave."""
    header = stored[:HEADER_BYTES]
    if len(header) < HEADER_BYTES or header[:12] != MAGIC + chunk_bytes.to_bytes(4):
        raise undecryptable("its header is not that of an encrypted file of this bundle")
    cipher, prefix = file_cipher(content_key, header[12:])
    try:
        return b"".join(
            cipher.decrypt(nonce(prefix, number, last), chunk, header)
            for number, last, chunk in chunks_of(stored, chunk_bytes)
        )
    except InvalidTag as error:
        raise undecryptable("its content was changed, or the key is another one") from error


def chunks_of(stored: bytes, chunk_bytes: int) -> Iterator[tuple[int, bool, bytes]]:
    """Each chunk's number, whether it is the last one, and its bytes."""
    if plain_size(len(stored), chunk_bytes) is None:
        raise undecryptable("it is cut off")
    starts = range(HEADER_BYTES, len(stored), chunk_bytes + TAG_BYTES)
    for number, at in enumerate(starts):
        yield number, number + 1 == len(starts), stored[at : at + chunk_bytes + TAG_BYTES]


def file_cipher(content_key: bytes, file_id: bytes) -> tuple[AESGCM, bytes]:
    """A file's own cipher and its nonce prefix."""
    cipher = AESGCM(derive(content_key, file_id, "file key", KEY_BYTES))
    return cipher, derive(content_key, file_id, "nonce", 7)


def nonce(prefix: bytes, number: int, last: bool) -> bytes:
    """A chunk's nonce, 12 bytes."""
    return prefix + number.to_bytes(4) + bytes([last])


def undecryptable(why: str) -> BundleError:
    """The error for a file that does not decrypt."""
    return BundleError(
        f"a file does not decrypt: {why}",
        "check the key, or encrypt the bundle again with `excerpt encrypt`",
        "file-undecryptable",
    )
