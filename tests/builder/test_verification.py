from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from builder.bundle.verification import verify_files, verify_graph
from builder.errors import BundleError


@pytest.fixture
def bundle(tiny_bundle: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(tiny_bundle, tmp_path / "bundle"))


def shard(bundle: Path) -> Path:
    return bundle / verify_files(bundle).variants[0].shards[1].file


def test_a_sound_bundle_passes(bundle: Path) -> None:
    manifest = verify_files(bundle)
    verify_graph(bundle, manifest.variants[0], manifest)


def test_a_wrong_byte_is_found(bundle: Path) -> None:
    path = shard(bundle)
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    with pytest.raises(BundleError, match=f"the file {path.name} has SHA-256"):
        verify_files(bundle)


def test_a_short_file_is_found(bundle: Path) -> None:
    path = shard(bundle)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BundleError, match=f"the file {path.name} has .* bytes"):
        verify_files(bundle)


def test_a_missing_file_is_found(bundle: Path) -> None:
    path = shard(bundle)
    path.unlink()
    with pytest.raises(BundleError, match=f"there is no .*{path.name}"):
        verify_files(bundle)


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"there is no .*manifest\.json"):
        verify_files(tmp_path)


def test_an_edited_manifest_is_refused(bundle: Path) -> None:
    path = bundle / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"license":"Apache-2.0"', b'"license":"MIT"'))
    with pytest.raises(BundleError, match="does not follow from its content"):
        verify_files(bundle)


def test_shards_that_do_not_make_a_graph_are_found(bundle: Path) -> None:
    """The files can be whole and yet not belong together."""
    manifest = verify_files(bundle)
    variant = manifest.variants[0]
    with pytest.raises(BundleError, match="does not load"):
        verify_graph(bundle, dataclasses.replace(variant, shards=variant.shards[:1]), manifest)


def test_another_cache_than_the_manifests_is_found(bundle: Path) -> None:
    manifest = verify_files(bundle)
    with pytest.raises(BundleError, match="another cache"):
        verify_graph(bundle, manifest.variants[0], dataclasses.replace(manifest, cache=manifest.cache[:-1]))
