"""Checking a bundle on disk: the manifest's form, every file's size and hash, and that each graph loads."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from builder.errors import BundleError
from builder.manifest import MANIFEST_NAME, FileEntry, Manifest, Variant, parse_manifest

REBUILD = "build the bundle again with `excerpt build`"


def verify_files(folder: Path) -> Manifest:
    """Read a bundle's manifest and check every file that it names.

    Raises BundleError for a manifest that is missing or refused and for a file that is missing or altered.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        raise BundleError(
            f"there is no {MANIFEST_NAME} in {folder}", "give a bundle's folder, or run `excerpt build`"
        )
    manifest = parse_manifest(path.read_bytes())
    for entry in manifest.files():
        verify_file(folder / entry.file, entry)
    return manifest


def verify_file(path: Path, entry: FileEntry) -> None:
    """Raise BundleError unless a file has the size and the hash that the manifest gives."""
    if not path.is_file():
        raise BundleError(f"the file {entry.file} is missing", REBUILD)
    size = path.stat().st_size
    if size != entry.bytes:
        raise BundleError(f"the file {entry.file} has {size} bytes, the manifest says {entry.bytes}", REBUILD)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != entry.sha256:
        raise BundleError(
            f"the file {entry.file} has SHA-256 {found}, the manifest says {entry.sha256}", REBUILD
        )


def verify_graph(folder: Path, variant: Variant, manifest: Manifest) -> None:
    """Load a variant's graph with its weights and compare its cache with the manifest's.

    Raises BundleError when it does not load or its inputs and outputs are others than the manifest's.
    """
    inputs, outputs = loaded_names(folder, variant)
    wanted = {cache.input for cache in manifest.cache}
    found = {name for name in inputs if name.startswith("past_")}
    if wanted != found or not {cache.output for cache in manifest.cache} <= outputs:
        raise BundleError(f"the graph of {variant.name} has another cache than the manifest says", REBUILD)


def loaded_names(folder: Path, variant: Variant) -> tuple[set[str], set[str]]:
    """The names of inputs and outputs of a graph, loaded with its joined shards as a runtime would."""
    import onnxruntime

    from builder.shards import read_weights

    with tempfile.TemporaryDirectory() as temporary:
        with (Path(temporary) / variant.weights_name).open("wb") as weights:
            for piece in read_weights(folder, variant):
                weights.write(piece)
        graph = Path(temporary) / variant.graph.file
        graph.write_bytes((folder / variant.graph.file).read_bytes())
        try:
            session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own exceptions share no other base
            raise BundleError(f"the graph of {variant.name} does not load: {error}", REBUILD) from error
        return {item.name for item in session.get_inputs()}, {item.name for item in session.get_outputs()}
