"""The same bundle under another calibration, for as long as a block runs: to probe, and to leave one out."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.bundle.calibration import Calibration
from builder.bundle.keys import own_key
from builder.bundle.manifest import MANIFEST_NAME, Manifest, parse_manifest, serialize_manifest, with_version
from builder.bundle.sealing import seal, signing_time
from builder.pipeline import CACHE


def read_manifest(bundle: Path) -> Manifest:
    """A bundle's manifest. Raises BundleError for one that is refused, OSError where there is none."""
    return parse_manifest((bundle / MANIFEST_NAME).read_bytes())


@contextmanager
def recalibrated(bundle: Path, calibration: Calibration | None) -> Iterator[Path]:
    """Yields the folder of a bundle with the same files whose manifest holds this calibration or none, signed
    with this machine's key."""
    manifest = read_manifest(bundle)
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=f".{bundle.name}-") as temporary:
        folder = Path(temporary)
        for entry in manifest.files():
            link(bundle / entry.file, folder / entry.file)
        other = with_version(dataclasses.replace(manifest, calibration=calibration))
        (folder / MANIFEST_NAME).write_bytes(serialize_manifest(other))
        seal(folder, own_key(CACHE), signing_time())
        yield folder


def link(source: Path, target: Path) -> None:
    """A second name for a file; a copy where the file system has no such thing."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
