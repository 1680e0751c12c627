from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import brotli

from server.copies import copy_compressed, copy_plain

TEXT = b"the same line again and again\n" * 100


def test_every_form_decodes_to_the_original(tmp_path: Path) -> None:
    forms = {form.encoding: form for form in copy_compressed(TEXT, tmp_path)}
    assert forms["identity"].path.read_bytes() == TEXT
    assert brotli.decompress(forms["br"].path.read_bytes()) == TEXT
    assert gzip.decompress(forms["gzip"].path.read_bytes()) == TEXT
    for form in forms.values():
        content = form.path.read_bytes()
        assert (form.bytes, form.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_smallest_form_comes_first(tmp_path: Path) -> None:
    sizes = [form.bytes for form in copy_compressed(TEXT, tmp_path)]
    assert sizes == sorted(sizes)


def test_a_form_that_is_larger_is_dropped(tmp_path: Path) -> None:
    assert [form.encoding for form in copy_compressed(b"x", tmp_path)] == ["identity"]


def test_nothing_is_compressed_twice(tmp_path: Path) -> None:
    first = next(form for form in copy_compressed(TEXT, tmp_path) if form.encoding == "br")
    other = brotli.compress(TEXT, quality=0)
    assert other != first.path.read_bytes()
    first.path.write_bytes(other)
    again = next(form for form in copy_compressed(TEXT, tmp_path) if form.encoding == "br")
    assert again.path.read_bytes() == other
    assert again.sha256 == hashlib.sha256(other).hexdigest()


def test_a_cut_copy_is_written_again(tmp_path: Path) -> None:
    (form,) = copy_plain(TEXT, tmp_path)
    form.path.write_bytes(TEXT[:5])
    (again,) = copy_plain(TEXT, tmp_path)
    assert again.path.read_bytes() == TEXT


def test_no_temporary_file_stays(tmp_path: Path) -> None:
    copy_compressed(TEXT, tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {"", ".br", ".gzip"}
