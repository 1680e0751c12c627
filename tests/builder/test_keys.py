"""Keys on disk and the commands that make, show and use them."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from builder.bundle.keys import (
    KeyFileError,
    chosen_path,
    development_key,
    development_path,
    load_key,
    load_public,
    new_key,
    own_key,
    trusted_keys,
)
from builder.bundle.sealing import RENEW_DAYS, SigningTimeError, ensure_sealed, is_sealed, seal, signing_time
from builder.bundle.signing import DAY, key_id, parse_signature, public_bytes
from builder.cli import main
from builder.commands.keys import pinned_keys
from builder.errors import BundleError
from tests.server.conftest import write_bundle

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EXCERPT_KEY", "EXCERPT_PUBLIC_KEYS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Path]:
    write_bundle(tmp_path / "bundle")
    yield tmp_path / "bundle"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def signature(bundle: Path) -> bytes:
    return (bundle / "manifest.sig").read_bytes()


def pem_of(key: X25519PrivateKey | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_a_new_key_is_for_its_owner_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key.pem"
    made = new_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_bytes(load_key(path)) == public_bytes(made)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        new_key(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["key.pem"]


def test_the_development_key_is_made_once(tmp_path: Path) -> None:
    assert trusted_keys(tmp_path, {}) == []
    key, fresh = development_key(tmp_path)
    again, anew = development_key(tmp_path)
    assert (fresh, anew) == (True, False)
    assert public_bytes(key) == public_bytes(again)
    assert trusted_keys(tmp_path, {}) == [public_bytes(key)]


def test_pinning_makes_a_development_key_where_there_is_none_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.pipeline.CACHE", tmp_path)
    [pinned] = pinned_keys()
    assert pinned == public_bytes(load_key(development_path(tmp_path)))
    said = capsys.readouterr().out
    assert (
        said == f"Made this machine's development key ({development_path(tmp_path)}); --key takes your own\n"
    )
    assert pinned_keys() == [pinned]
    assert capsys.readouterr().out == ""


def test_who_is_trusted_may_be_said(tmp_path: Path) -> None:
    mine, theirs = public_bytes(KEY), public_bytes(OTHER)
    listed = {"EXCERPT_PUBLIC_KEYS": f"{mine.hex()}, {theirs.hex().upper()}"}
    assert trusted_keys(tmp_path, listed) == [mine, theirs]
    path = tmp_path / "own.pem"
    path.write_bytes(pem_of(OTHER))
    chosen = {"EXCERPT_KEY": str(path)}
    assert (trusted_keys(tmp_path, chosen), chosen_path(chosen)) == ([theirs], path)
    assert public_bytes(own_key(tmp_path, chosen)) == theirs
    assert not development_path(tmp_path).exists()


def test_a_public_key_comes_from_digits_or_from_either_file(tmp_path: Path) -> None:
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(pem_of(KEY))
    public.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    expected = public_bytes(KEY)
    assert [load_public(text) for text in (expected.hex(), str(private), str(public))] == [expected] * 3


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read"),
        (b"", "neither 64 hexadecimal digits nor a key in PEM"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no private key in PEM"),
        (pem_of(X25519PrivateKey.generate()), "another kind, not Ed25519"),
        (
            KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()),
            "no private key in PEM",
        ),
    ],
)
def test_what_is_no_key_is_named_without_its_content(content: bytes | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KeyFileError, match=why) as caught:
        load_public(str(path))
    assert str(path) in caught.value.message
    assert "excerpt keys new" in caught.value.advice


def test_the_time_of_signing_may_be_said() -> None:
    assert signing_time({"SOURCE_DATE_EPOCH": "1700000000"}) == 1_700_000_000
    assert signing_time({}) > 1_700_000_000
    for wrong in ("", "-1", "soon", "9" * 13, "²"):
        with pytest.raises(SigningTimeError, match="SOURCE_DATE_EPOCH"):
            signing_time({"SOURCE_DATE_EPOCH": wrong})


def test_signing_again_is_left_out_while_the_signature_is_good(bundle: Path) -> None:
    assert ensure_sealed(bundle, OTHER)
    before = signature(bundle)
    assert not ensure_sealed(bundle, OTHER)
    assert signature(bundle) == before
    assert ensure_sealed(bundle, KEY)
    assert is_sealed(bundle, public_bytes(KEY), signing_time())


def test_a_signature_that_is_missing_wrong_or_soon_over_is_replaced(bundle: Path) -> None:
    (bundle / "manifest.sig").unlink()
    assert ensure_sealed(bundle, KEY)
    (bundle / "manifest.sig").write_bytes(b"{}")
    assert ensure_sealed(bundle, KEY)
    seal(bundle, KEY, signing_time(), days=RENEW_DAYS - 1)
    assert ensure_sealed(bundle, KEY)
    manifest = bundle / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    with pytest.raises(BundleError, match="canonical"):
        ensure_sealed(bundle, KEY)


def test_the_same_key_and_time_give_the_same_bytes(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    manifest = (bundle / "manifest.json").read_bytes()
    first = seal(bundle, KEY, signing_time())
    assert seal(bundle, KEY, signing_time()) == first
    assert parse_signature(first).issued == 1_700_000_000
    assert (bundle / "manifest.json").read_bytes() == manifest


def test_the_commands_make_show_and_use_a_key(bundle: Path, tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    made = run("keys", "new", "--out", path)
    public = public_bytes(load_key(path))
    assert (made.exit_code, made.stderr) == (0, "")
    assert f"EXCERPT_PUBLIC_KEYS={public.hex()}" in made.stdout
    assert "PRIVATE" not in made.stdout
    assert run("keys", "show", path).stdout in made.stdout
    assert run("keys", "new", "--out", path).stderr == (
        f"error: there is a file {path} already; name another with --out\n"
    )
    done = run("sign", bundle, "--key", path, "--expires", "7")
    assert f"with the key {key_id(public)}, good until " in done.stdout
    signed = parse_signature(signature(bundle))
    assert signed.expires - signed.issued == 7 * DAY


def test_the_key_may_be_named_by_the_environment(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.pem"
    path.write_bytes(pem_of(OTHER))
    monkeypatch.setenv("EXCERPT_KEY", str(path))
    assert run("sign", bundle).exit_code == 0
    assert json.loads(signature(bundle))["key_id"] == key_id(public_bytes(OTHER))
    assert public_bytes(OTHER).hex() in run("keys", "show").stdout
    monkeypatch.setenv("EXCERPT_KEY", str(tmp_path / "gone.pem"))
    assert "cannot be read" in run("sign", bundle).stderr


def test_a_folder_without_a_manifest_is_not_signed(tmp_path: Path) -> None:
    done = run("sign", tmp_path, "--key", tmp_path / "none.pem")
    assert done.exit_code == 1
    path = tmp_path / "key.pem"
    path.write_bytes(pem_of(KEY))
    assert "there is no " in run("sign", tmp_path, "--key", path).stderr
    assert not (tmp_path / "manifest.sig").exists()
