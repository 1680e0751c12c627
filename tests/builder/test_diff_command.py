from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from builder.bundle.difference import compare
from builder.bundle.manifest import (
    MANIFEST_NAME,
    Manifest,
    Variant,
    parse_manifest,
    serialize_manifest,
    with_version,
)
from builder.bundle.whereabouts import find_bundle
from builder.commands.diff import command as diff
from builder.errors import BundleError


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's own name)
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A plain file server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, name="file-server")
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def read(folder: Path) -> Manifest:
    return parse_manifest((folder / MANIFEST_NAME).read_bytes())


def with_other_shard(manifest: Manifest, index: int) -> Manifest:
    """As though a newer model had other weights in one shard of every variant."""

    def changed(variant: Variant) -> Variant:
        shards = list(variant.shards)
        sha256 = hashlib.sha256(shards[index].sha256.encode()).hexdigest()
        shards[index] = dataclasses.replace(shards[index], sha256=sha256, file=f"{sha256[:16]}.bin")
        return dataclasses.replace(variant, shards=tuple(shards))

    variants = tuple(map(changed, manifest.variants))
    return with_version(dataclasses.replace(manifest, variants=variants))


@pytest.fixture
def newer(tiny_bundle: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(tiny_bundle, tmp_path / "newer"))
    manifest = with_other_shard(read(tiny_bundle), 1)
    (folder / MANIFEST_NAME).write_bytes(serialize_manifest(manifest))
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(diff, [str(argument) for argument in arguments])


def test_only_what_changed_is_downloaded(tiny_bundle: Path, newer: Path) -> None:
    done = run(tiny_bundle, newer, "--json")
    assert done.exit_code == 3
    told = json.loads(done.output)
    manifest = read(newer)
    for variant, entry in zip(manifest.variants, told["variants"], strict=True):
        changed = variant.shards[1]
        assert entry["name"] == variant.name
        assert entry["download"] == [{"file": changed.file, "bytes": changed.bytes}]
        assert entry["download_bytes"] == entry["replaced_bytes"] == changed.bytes
        assert entry["download_bytes"] + entry["shared_bytes"] == variant.bytes + manifest.tokenizer.bytes
    assert told["from"]["version"] != told["to"]["version"]


def test_the_table_says_it_in_words(tiny_bundle: Path, newer: Path) -> None:
    done = run(tiny_bundle, newer)
    changed = read(newer).variants[0].shards[1]
    assert f"{changed.bytes / 1e6:.1f} MB in 1 file" in done.output
    assert read(newer).version in done.output


def test_the_same_bundle_is_no_difference(tiny_bundle: Path) -> None:
    done = run(tiny_bundle, tiny_bundle)
    assert done.exit_code == 0
    assert "The two are the same." in done.output


def test_a_variant_that_only_one_has(tiny_bundle: Path) -> None:
    manifest = read(tiny_bundle)
    first = manifest.variants[0]
    alone = with_version(
        dataclasses.replace(manifest, variants=(dataclasses.replace(first, name="another"),))
    )
    difference = compare(manifest, alone)
    assert difference.removed == tuple(variant.name for variant in manifest.variants)
    [variant] = difference.variants
    assert [entry.file for entry in variant.shared] == [manifest.tokenizer.file]
    assert variant.download_bytes == sum({entry.file: entry.bytes for entry in variant.download}.values())


def test_addresses_are_read_like_folders(tiny_bundle: Path, newer: Path) -> None:
    with served(newer) as origin:
        for address in (origin, f"{origin}/", f"{origin}/{MANIFEST_NAME}?v=2"):
            assert run(tiny_bundle / MANIFEST_NAME, address).exit_code == 3
            assert run(address, newer).exit_code == 0


def test_what_cannot_be_read_is_an_error_that_names_it(tiny_bundle: Path, tmp_path: Path) -> None:
    with served(tmp_path) as origin:
        error = run(tiny_bundle, f"{origin}/nothing").exception
        assert isinstance(error, BundleError)
        assert f"{origin}/nothing/manifest.json" in error.message
        assert "404" in error.message
    gone = run(origin, tiny_bundle).exception
    assert isinstance(gone, BundleError)
    assert gone.code == "bundle-unreachable"
    missing = run(tmp_path, tiny_bundle).exception
    assert isinstance(missing, BundleError)
    assert str(tmp_path) in missing.message


@pytest.mark.parametrize("address", ["ftp://host/bundle", "file:///tmp/bundle", "https://"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(BundleError, match="no address of a bundle"):
        find_bundle(address)


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(1000))
    with served(tmp_path) as origin:
        assert len(find_bundle(origin).read("big", 10)) == 11
    assert len(find_bundle(str(tmp_path)).read("big", 10)) == 11
