"""A small web app and a small bundle on disk, and the app that serves them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.testclient import TestClient

from builder.bundle.manifest import (
    CacheTensor,
    FileEntry,
    KnownAnswer,
    Manifest,
    Model,
    PromptParts,
    Shard,
    Variant,
    serialize_manifest,
    with_version,
)
from builder.bundle.sealing import seal
from server.app import create_app
from server.settings import Settings

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
SHARD = bytes(range(256)) * 4096
SCRIPT = "export const greeting = 'hello';\n" * 200
SCRIPT_URL = "/assets/app-B3xk_9aQ.js"
WASM_URL = "/assets/ort-Zz81kd0P.wasm"


def write_file(folder: Path, content: bytes, suffix: str) -> FileEntry:
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{sha256[:16]}{suffix}"
    (folder / name).write_bytes(content)
    return FileEntry(name, len(content), sha256)


def write_bundle(folder: Path, weights: bytes = SHARD) -> Manifest:
    """A bundle of three files that obeys every rule of the manifest."""
    folder.mkdir()
    graph = write_file(folder, b"a graph", ".onnx")
    shard = write_file(folder, weights, ".bin")
    manifest = with_version(
        Manifest(
            format=2,
            name="tiny",
            version="",
            license="Apache-2.0",
            source={"package": "none"},
            model=Model("llama", 256, 128, None, 2, None, 0),
            cache=(CacheTensor("past.0", "present.0", ("batch", "past", 1, 4), "float32", "columns"),),
            prompt=PromptParts("fields", "Text:\n", "\n", " - {name} ({description}):", " - {name}:"),
            tokenizer=write_file(folder, b'{"model":{}}', ".json"),
            variants=(
                Variant(
                    "int8",
                    "wasm",
                    (),
                    graph,
                    "weights",
                    (Shard(shard.file, shard.bytes, shard.sha256, "none", shard.bytes),),
                    graph.bytes + shard.bytes,
                    {},
                    KnownAnswer((1,), (0,), (1,)),
                ),
            ),
        )
    )
    (folder / "manifest.json").write_bytes(serialize_manifest(manifest))
    seal(folder, KEY, int(time.time()))
    return manifest


def write_web(folder: Path) -> None:
    (folder / "assets").mkdir(parents=True)
    (folder / "icons").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Excerpt</title>" + "<p>text</p>" * 50)
    (folder / "sw.js").write_text("self.addEventListener('fetch', () => {});\n" * 20)
    (folder / "manifest.webmanifest").write_text('{"name": "Excerpt"}')
    (folder / "icons" / "192.png").write_bytes(b"\x89PNG")
    (folder / SCRIPT_URL[1:]).write_text(SCRIPT)
    (folder / WASM_URL[1:]).write_bytes(b"\0asm" + b"\1\0\0\0" * 1000)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_web(tmp_path / "web")
    write_bundle(tmp_path / "bundle")
    return Settings(web=tmp_path / "web", bundle=tmp_path / "bundle", cache=tmp_path / "cache", port=0)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    # Identity unless a test asks for more: TestClient would accept gzip and brotli by itself.
    with TestClient(create_app(settings), headers={"Accept-Encoding": "identity"}) as client:
        yield client


@pytest.fixture
def shard_url(settings: Settings) -> str:
    return next(f"/bundle/{path.name}" for path in settings.bundle.glob("*.bin"))
