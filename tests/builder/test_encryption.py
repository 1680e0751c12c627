from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from builder.bundle.encrypting import encrypt_bundle
from builder.bundle.encryption import (
    EndpointKey,
    PassphraseKey,
    complaint,
    decrypt_file,
    default_salt,
    encrypt_file,
    key_id,
    plain_size,
    stored_size,
    unwrap,
    with_passphrase,
)
from builder.bundle.manifest import MANIFEST_NAME, Manifest, parse_manifest, serialize_manifest, with_version
from builder.bundle.passphrases import PassphraseError, read_passphrase
from builder.bundle.verification import verify_files
from builder.commands.encrypt import command as encrypt
from builder.errors import BundleError
from tests.vectors.encryption import TARGET, vectors

VECTORS = json.loads(TARGET.read_text(encoding="utf-8"))
KEY = bytes.fromhex(VECTORS["content_key"])
CHUNK = VECTORS["chunk_bytes"]
ENDPOINT = EndpointKey("endpoint", "/keys/model")


def named(kind: str) -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in VECTORS[kind]]


def test_the_vectors_are_what_the_script_makes() -> None:
    assert TARGET.read_text(encoding="utf-8") == vectors()


@pytest.mark.parametrize("vector", named("files"))
def test_files(vector: dict[str, Any]) -> None:
    stored = bytes.fromhex(vector["stored"])
    if vector["plain"] is None:
        with pytest.raises(BundleError) as refused:
            decrypt_file(stored, KEY, CHUNK)
        assert refused.value.code == "file-undecryptable"
    else:
        plain = bytes.fromhex(vector["plain"])
        assert decrypt_file(stored, KEY, CHUNK) == plain
        assert encrypt_file(plain, KEY, CHUNK) == stored
        assert plain_size(len(stored), CHUNK) == len(plain)


@pytest.mark.parametrize("vector", named("keys"))
def test_keys(vector: dict[str, Any]) -> None:
    wrapped = PassphraseKey("passphrase", vector["salt"], vector["iterations"], vector["wrapped"])
    if vector["content_key"] is None:
        with pytest.raises(BundleError) as refused:
            unwrap(vector["passphrase"], wrapped)
        assert refused.value.code == "key-wrong"
        assert vector["passphrase"] not in str(refused.value)
    else:
        key = unwrap(vector["passphrase"], wrapped)
        assert (key.hex(), key_id(key)) == (vector["content_key"], vector["key_id"])


@given(st.binary(max_size=400), st.integers(64, 200))
def test_what_is_encrypted_decrypts(plain: bytes, chunk: int) -> None:
    stored = encrypt_file(plain, KEY, chunk)
    assert decrypt_file(stored, KEY, chunk) == plain
    assert len(stored) == stored_size(len(plain), chunk)


@given(st.integers(0, 2000), st.integers(64, 200))
def test_sizes_are_told_apart(stored: int, chunk: int) -> None:
    plain = plain_size(stored, chunk)
    assert plain is None or stored_size(plain, chunk) == stored


@given(st.binary(min_size=1, max_size=300), st.data())
def test_any_other_bit_is_refused(plain: bytes, data: st.DataObject) -> None:
    stored = bytearray(encrypt_file(plain, KEY, CHUNK))
    bit = data.draw(st.integers(0, len(stored) * 8 - 1))
    stored[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BundleError):
        decrypt_file(bytes(stored), KEY, CHUNK)


def read(folder: Path) -> Manifest:
    return parse_manifest((folder / MANIFEST_NAME).read_bytes())


@pytest.fixture(scope="module")
def encrypted(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encrypted") / "bundle"
    encrypt_bundle(tiny_bundle, folder, KEY, ENDPOINT)
    return folder


def test_an_encrypted_bundle_decrypts_to_the_plain_one(tiny_bundle: Path, encrypted: Path) -> None:
    plain, manifest = read(tiny_bundle), verify_files(encrypted)
    before = [plain.tokenizer, *(one for v in plain.variants for one in (v.graph, *v.shards))]
    after = [manifest.tokenizer, *(one for v in manifest.variants for one in (v.graph, *v.shards))]
    for old, new in zip(before, after, strict=True):
        content = decrypt_file((encrypted / new.file).read_bytes(), KEY)
        assert content == (tiny_bundle / old.file).read_bytes()


def test_encrypting_twice_gives_the_same_bytes(tiny_bundle: Path, encrypted: Path, tmp_path: Path) -> None:
    encrypt_bundle(tiny_bundle, tmp_path, KEY, ENDPOINT)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in encrypted.iterdir()
    }


def test_no_plain_file_is_left_among_the_encrypted_ones(tiny_bundle: Path, encrypted: Path) -> None:
    plain = {path.read_bytes() for path in tiny_bundle.iterdir()}
    assert not plain & {path.read_bytes() for path in encrypted.iterdir()}


def test_what_is_encrypted_is_not_encrypted_again(encrypted: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="encrypted already"):
        encrypt_bundle(encrypted, tmp_path, KEY, ENDPOINT)


def test_a_bundle_is_not_encrypted_into_itself(tiny_bundle: Path) -> None:
    with pytest.raises(BundleError, match="own folder"):
        encrypt_bundle(tiny_bundle, tiny_bundle, KEY, ENDPOINT)


@pytest.mark.parametrize(
    "change",
    [
        {"chunk_bytes": 63},
        {"key_id": "0"},
        {"key": EndpointKey("endpoint", "//elsewhere.example/key")},
        {"key": EndpointKey("endpoint", "https://elsewhere.example/key")},
        {"key": PassphraseKey("passphrase", "00" * 16, 599_999, "00" * 40)},
        {"key": PassphraseKey("passphrase", "00" * 15, 600_000, "00" * 40)},
        {"key": PassphraseKey("passphrase", "00" * 16, 600_000, "00" * 39)},
    ],
)
def test_a_table_out_of_bounds_is_refused(change: dict[str, Any], encrypted: Path) -> None:
    manifest = read(encrypted)
    assert manifest.encryption is not None
    assert complaint(manifest.encryption) is None
    wrong = with_version(
        dataclasses.replace(manifest, encryption=dataclasses.replace(manifest.encryption, **change))
    )
    with pytest.raises(BundleError) as refused:
        parse_manifest(serialize_manifest(wrong))
    assert refused.value.code == "manifest-value"


def test_the_command_takes_a_passphrase(tiny_bundle: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("five words of my own\n")
    arguments = [str(tiny_bundle), "--out", str(tmp_path / "out"), "--passphrase-file", str(secret)]
    done = CliRunner().invoke(encrypt, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert "five words" not in done.output
    manifest = read(tmp_path / "out")
    assert manifest.encryption is not None
    assert isinstance(manifest.encryption.key, PassphraseKey)
    assert manifest.encryption.key.salt == default_salt(manifest.name).hex()
    key = unwrap("five words of my own", manifest.encryption.key)
    assert key_id(key) == manifest.encryption.key_id
    assert with_passphrase("five words of my own", default_salt(manifest.name))[0] == key
    assert (tmp_path / "out" / "manifest.sig").is_file()


def test_a_short_passphrase_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("swordfish")
    with pytest.raises(PassphraseError) as refused:
        read_passphrase(tmp_path / "secret")
    assert "swordfish" not in str(refused.value)


def test_an_endpoint_needs_a_key(tiny_bundle: Path, tmp_path: Path) -> None:
    arguments = [str(tiny_bundle), "--out", str(tmp_path / "out"), "--key-path", "/keys/model"]
    assert isinstance(CliRunner().invoke(encrypt, arguments).exception, PassphraseError)
