"""`excerpt verify` on folders and on servers that behave and that do not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from builder.bundle.sealing import seal, signing_time
from builder.bundle.signing import public_bytes
from builder.bundle.whereabouts import find_bundle
from builder.cli import main
from builder.errors import BundleError
from tests.server.conftest import KEY, write_bundle

MINE = public_bytes(KEY).hex()

Answer = Callable[[BaseHTTPRequestHandler, Path], None]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    write_bundle(tmp_path / "bundle")
    return tmp_path / "bundle"


@contextmanager
def server(folder: Path, answer: Answer) -> Iterator[str]:
    """A server that gives a folder's files, unless `answer` has something else in mind."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self, folder / Path(self.path).name)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
            thread.join()


def plain(handler: BaseHTTPRequestHandler, path: Path) -> None:
    if not path.is_file():
        handler.send_error(404)
        return
    handler.send_response(200)
    handler.send_header("Content-Length", str(path.stat().st_size))
    handler.end_headers()
    handler.wfile.write(path.read_bytes())


def verify(where: str | Path, *keys: str) -> Result:
    options = [part for key in keys or (MINE,) for part in ("--key", key)]
    return CliRunner().invoke(main, ["verify", str(where), *options])


def test_a_bundle_at_an_address_is_checked(bundle: Path) -> None:
    with server(bundle, plain) as origin:
        for address in (origin, f"{origin}/", f"{origin}/manifest.json"):
            done = verify(address)
            assert (done.exit_code, done.stderr) == (0, "")
            assert done.stdout.startswith("Signed by the key ")
            assert done.stdout.endswith("3 files, 1.0 MB, all whole\n")


def test_a_key_that_is_not_trusted_is_named(bundle: Path) -> None:
    stranger = public_bytes(Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32)).hex()
    done = verify(bundle, stranger)
    assert done.exit_code == 1
    assert done.stderr.startswith("error: the bundle is signed by the key ")
    assert "--key" in done.stderr
    with server(bundle, plain) as origin:
        assert verify(origin, stranger, MINE).exit_code == 0


def test_every_wrong_file_is_named(bundle: Path) -> None:
    shard, graph = next(bundle.glob("*.bin")), next(bundle.glob("*.onnx"))
    shard.write_bytes(shard.read_bytes()[:-1])
    graph.unlink()
    with server(bundle, plain) as origin:
        for where in (origin, str(bundle)):
            done = verify(where)
            assert done.exit_code == 1
            assert shard.name in done.stderr
            assert graph.name in done.stderr
            assert done.stderr.splitlines()[-1].startswith("error: 2 of 3 files are wrong; ")
            assert "all whole" not in done.stdout


def test_an_expired_bundle_is_no_good(bundle: Path) -> None:
    seal(bundle, KEY, 0, days=1)
    assert "good until 1970-01-02" in verify(bundle).stderr


def test_an_unsigned_bundle_is_told_how_to_be_signed(bundle: Path) -> None:
    (bundle / "manifest.sig").unlink()
    assert "excerpt sign" in verify(bundle).stderr


def test_no_redirect_leaves_the_origin(bundle: Path) -> None:
    def astray(handler: BaseHTTPRequestHandler, path: Path) -> None:
        handler.send_response(302)
        handler.send_header("Location", f"{elsewhere}/{path.name}")
        handler.end_headers()

    with server(bundle, plain) as elsewhere, server(bundle, astray) as origin:
        done = verify(origin)
    assert done.exit_code == 1
    assert "another origin" in done.stderr


def test_a_redirect_within_the_origin_is_followed(bundle: Path) -> None:
    def moved(handler: BaseHTTPRequestHandler, path: Path) -> None:
        if handler.path.startswith("/new/"):
            plain(handler, path)
            return
        handler.send_response(301)
        handler.send_header("Location", f"/new/{path.name}")
        handler.end_headers()

    with server(bundle, moved) as origin:
        assert verify(origin).exit_code == 0


def test_a_server_that_sends_without_end_is_cut_off(bundle: Path) -> None:
    def flood(handler: BaseHTTPRequestHandler, path: Path) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(b" " * 100_000)
        except OSError:
            handler.close_connection = True

    with server(bundle, flood) as origin:
        assert "it has 1025 bytes, 1024 are allowed" in verify(origin).stderr


def test_a_server_that_breaks_off_is_one_line(bundle: Path) -> None:
    def broken(handler: BaseHTTPRequestHandler, path: Path) -> None:
        if path.suffix == ".bin":
            handler.send_response(200)
            handler.send_header("Content-Length", str(path.stat().st_size))
            handler.end_headers()
            handler.wfile.write(path.read_bytes()[:1000])
            return
        plain(handler, path)

    with server(bundle, broken) as origin:
        done = verify(origin)
    assert done.exit_code == 1
    assert "error: 1 of 3 files are wrong" in done.stderr


def test_a_silent_server_is_given_up(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.bundle.whereabouts.PATIENCE_S", 0.2)
    over = threading.Event()

    def silent(handler: BaseHTTPRequestHandler, path: Path) -> None:
        over.wait(30)

    with server(bundle, silent) as origin:
        done = verify(origin)
        over.set()
    assert done.exit_code == 1
    assert "timed out" in done.stderr


@pytest.mark.parametrize(
    "where", ["http://[", "http://host:port/", "ftp://host/", "http://", "https:///bundle"]
)
def test_what_is_no_address_is_one_line(where: str) -> None:
    done = verify(where)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "is no address of a bundle" in done.stderr


def test_a_key_that_is_none_is_one_line(bundle: Path) -> None:
    done = verify(bundle, "nothing")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: the key nothing cannot be read")


def test_a_missing_file_has_the_code_of_its_kind(tmp_path: Path) -> None:
    with server(tmp_path, plain) as origin:
        for where in (str(tmp_path), origin):
            for name, code in (
                ("manifest.json", "manifest"),
                ("manifest.sig", "signature"),
                ("a.bin", "shard"),
            ):
                with pytest.raises(BundleError) as caught:
                    find_bundle(where).read(name, 10)
                assert caught.value.code == f"{code}-missing"


def test_signing_needs_no_more_than_the_manifest(bundle: Path) -> None:
    for path in bundle.iterdir():
        if path.name != "manifest.json":
            path.unlink()
    seal(bundle, KEY, signing_time())
    assert (bundle / "manifest.sig").is_file()
