"""Writes the vectors of encryption, `encryption.json`: `python -m tests.vectors.encryption`.

`keys`: passphrases with what they unwrap (null: another passphrase). `files`: stored files, and the plain
file that each decrypts to (null: refused). All in hexadecimal, all from fixed seeds; a test holds the file to
what this script makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.bundle.encryption import (
    HEADER_BYTES,
    LEAST_ITERATIONS,
    TAG_BYTES,
    encrypt_file,
    key_id,
    with_passphrase,
)

TARGET = Path(__file__).with_name("encryption.json")
CHUNK = 64
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
PASSPHRASE = "correct horse battery stäple"
SALT = bytes(range(16))
PLAIN = bytes((index * 7 + 3) % 256 for index in range(3 * CHUNK + 10))
STEP = CHUNK + TAG_BYTES

Fields = dict[str, Any]


def keys() -> Iterator[Fields]:
    """Wrapped keys and passphrases."""
    content_key, wrapped = with_passphrase(PASSPHRASE, SALT)
    given, wrapped_given = with_passphrase(PASSPHRASE, SALT, content_key=KEY)
    decomposed = PASSPHRASE.replace("ä", "a\u0308")
    for name, passphrase, key, opened in (
        ("a passphrase", PASSPHRASE, wrapped, content_key),
        ("the same, its letters composed in another way", decomposed, wrapped, content_key),
        ("a key of one's own", PASSPHRASE, wrapped_given, given),
        ("another passphrase", PASSPHRASE + " ", wrapped, None),
    ):
        yield {
            "name": name,
            "passphrase": passphrase,
            "salt": key.salt,
            "iterations": LEAST_ITERATIONS,
            "wrapped": key.wrapped,
            "content_key": None if opened is None else opened.hex(),
            "key_id": None if opened is None else key_id(opened),
        }


def chunk(stored: bytes, number: int) -> bytes:
    """One chunk with its tag."""
    return stored[HEADER_BYTES + number * STEP : HEADER_BYTES + (number + 1) * STEP]


def altered(stored: bytes, at: int) -> bytes:
    """With one bit flipped."""
    return stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]


def files() -> Iterator[Fields]:
    """Stored files, sound and not."""
    for name, plain in (
        ("three chunks and a rest", PLAIN),
        ("one chunk exactly", PLAIN[:CHUNK]),
        ("less than a chunk", PLAIN[:1]),
    ):
        yield file(name, encrypt_file(plain, KEY, CHUNK), plain)
    stored = encrypt_file(PLAIN, KEY, CHUNK)
    other = encrypt_file(PLAIN[::-1], KEY, CHUNK)
    head, (a, b, c, d) = stored[:HEADER_BYTES], (chunk(stored, number) for number in range(4))
    for name, wrong in (
        ("the last chunk is cut off", head + a + b + c),
        ("a byte is cut off", stored[:-1]),
        ("nothing but the header", head),
        ("less than a header", stored[:20]),
        ("a chunk is left out", head + a + c + d),
        ("two chunks are swapped", head + b + a + c + d),
        ("a chunk of another file", head + chunk(other, 0) + b + c + d),
        ("the header of another file", other[:HEADER_BYTES] + a + b + c + d),
        ("a chunk more behind the end", stored + d),
        ("another magic word", altered(stored, 0)),
        ("another chunk size", altered(stored, 9)),
        ("another file id", altered(stored, 12)),
        ("a bit of the content", altered(stored, HEADER_BYTES + 5)),
        ("a bit of a tag", altered(stored, HEADER_BYTES + STEP - 1)),
        ("a bit of the last byte", altered(stored, len(stored) - 1)),
        ("another key", encrypt_file(PLAIN, OTHER_KEY, CHUNK)),
        ("not encrypted at all", PLAIN),
    ):
        yield file(name, wrong, None)


def file(name: str, stored: bytes, plain: bytes | None) -> Fields:
    """A vector of a file."""
    return {"name": name, "stored": stored.hex(), "plain": None if plain is None else plain.hex()}


def vectors() -> str:
    """The file's text."""
    content = {"content_key": KEY.hex(), "chunk_bytes": CHUNK, "keys": [*keys()], "files": [*files()]}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(vectors(), encoding="utf-8")
