"""The rules of the signature, by the vectors that the browser checks too."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from builder.bundle.manifest import parse_manifest
from builder.bundle.signing import (
    DAY,
    authenticate,
    check_fresh,
    parse_signature,
    public_bytes,
    sign_manifest,
)
from builder.bundle.verification import faults, read_signed
from builder.bundle.whereabouts import BundleFolder
from builder.errors import BundleError
from tests.vectors.make import FOLDER, contents

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


def vectors(name: str) -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in json.loads((FOLDER / name).read_text())]


def trusted(vector: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(key) for key in vector["trusted"]]


def accept(vector: dict[str, Any]) -> None:
    manifest = vector["manifest"].encode()
    signature = authenticate(vector["signature"].encode(), manifest, trusted(vector))
    parse_manifest(manifest)
    check_fresh(signature, vector["now"], vector["newest"])


def test_the_vectors_are_what_their_script_makes() -> None:
    """Where the manifest has changed: `python -m tests.vectors.make`."""
    assert {name: (FOLDER / name).read_text() for name in contents()} == contents()


@pytest.mark.parametrize("vector", vectors("signatures.json"))
def test_a_signed_manifest_is_accepted_or_refused_by_its_code(vector: dict[str, Any]) -> None:
    if vector["code"] is None:
        accept(vector)
        return
    with pytest.raises(BundleError) as caught:
        accept(vector)
    assert caught.value.code == vector["code"]
    assert caught.value.advice


@pytest.mark.parametrize("vector", vectors("bundles.json"))
def test_a_bundle_is_whole_or_refused_by_its_code(vector: dict[str, Any], tmp_path: Path) -> None:
    for name, content in vector["files"].items():
        (tmp_path / name).write_bytes(base64.b64decode(content))
    where = BundleFolder(tmp_path)
    try:
        found = list(faults(where, read_signed(where, trusted(vector), vector["now"]).manifest))
    except BundleError as error:
        found = [error]
    assert {error.code for error in found} == ({vector["code"]} - {None})


def test_the_page_on_signing_names_every_code() -> None:
    """Those of the manifest's form are told by their beginning."""
    page = (FOLDER.parents[1] / "docs" / "signing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:signature|manifest|shard)-[a-z-]+)`", page))
    cases = [one for name in contents() for one in json.loads((FOLDER / name).read_text())]
    codes = {one["code"] for one in cases if one["code"] is not None}
    assert named == {code for code in codes if not code.startswith("manifest-")} | {"manifest-altered"}


def test_a_signature_is_repeatable_and_tells_what_it_signs() -> None:
    data = sign_manifest(b"{}", KEY, 5, 9)
    assert data == sign_manifest(b"{}", KEY, 5, 9)
    signature = authenticate(data, b"{}", [public_bytes(KEY)])
    assert (signature.issued, signature.expires, signature.manifest_bytes) == (5, 9, 2)


@pytest.mark.parametrize(("issued", "expires"), [(9, 9), (-1, 9), (0, 2**53)])
def test_times_that_no_reader_takes_are_not_signed(issued: int, expires: int) -> None:
    with pytest.raises(BundleError, match="it is good from"):
        sign_manifest(b"{}", KEY, issued, expires)


def test_a_refusal_of_time_names_the_days() -> None:
    signature = parse_signature(sign_manifest(b"{}", KEY, 10 * DAY, 20 * DAY))
    with pytest.raises(BundleError, match="good until 1970-01-21, today is 1970-02-10"):
        check_fresh(signature, 40 * DAY)
    with pytest.raises(BundleError, match=r"signed on 1970-01-11, a newer one was seen before \(1970-01-13"):
        check_fresh(signature, 10 * DAY, newest=12 * DAY)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    with pytest.raises(BundleError):
        parse_signature(data)


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_one_changed_byte_is_refused(position: int, byte: int) -> None:
    data = bytearray(sign_manifest(b"{}", KEY, 5, 9))
    position %= len(data)
    if data[position] == byte:
        return
    data[position] = byte
    with pytest.raises(BundleError):
        authenticate(bytes(data), b"{}", [public_bytes(KEY)])
