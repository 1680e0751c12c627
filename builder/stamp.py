"""When is there nothing to do? A hash over all that decides a bundle, kept beside the cache.

A bundle follows from its recipe, the builder's sources and the versions of the packages that it rests on. A
build leaves the hash of the three and the version of what it made under the folder's name; the next one finds
both unchanged and every file whole, and is over.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from builder.bundle.manifest import Manifest
from builder.bundle.verification import verify_files
from builder.canonical import canonical_json
from builder.errors import BundleError, SourceError
from builder.export.adapter import CONFIG, RESTORE
from builder.recipe import Recipe, basis

SOURCES = Path(__file__).parent


def modules_of(*folders: str) -> tuple[str, ...]:
    """The modules of these folders, relative to the builder's sources."""
    found = (path for folder in folders for path in sorted((SOURCES / folder).glob("*.py")))
    return tuple(path.relative_to(SOURCES).as_posix() for path in found)


# What decides the float32 graph, and what decides everything after it.
GRAPH_SOURCES = (
    "finetune/merge.py",
    *modules_of("decoder", "export", "families", "sources", "tokenizer"),
)
BUNDLE_SOURCES = (
    "bundle/calibration.py",
    "bundle/manifest.py",
    "bundle/rules.py",
    "bundle/scores.py",
    "bundle/shards.py",
    "canonical.py",
    "pipeline.py",
    "records.py",
    *modules_of("variants"),
)
PINNED_PACKAGES = (
    "gguf",
    "numpy",
    "onnx",
    "onnxruntime",
    "optimum-onnx",
    "tokenizers",
    "torch",
    "transformers",
)


def graph_key(recipe: Recipe) -> str:
    """A hash over what decides the float32 graph; the prompt does, since it calibrates the smoothing."""
    decisive = {
        **basis(recipe),
        "adapter": adapter_digest(recipe),
        "max_positions": recipe.max_positions,
    }
    return digest_of({**decisive, **toolchain((*GRAPH_SOURCES, *sample_names()))})


def bundle_key(recipe: Recipe) -> str:
    """A hash over what decides a bundle."""
    names = (*GRAPH_SOURCES, *BUNDLE_SOURCES, *sample_names())
    decisive = {**dataclasses.asdict(recipe), **basis(recipe), "license_file": None}
    decisive["adapter"] = adapter_digest(recipe)
    return digest_of({"recipe": decisive, **toolchain(names)})


def adapter_digest(recipe: Recipe) -> dict[str, str] | None:
    """The hashes of an adapter's tensors and of the scale beside them; where it lies does not matter.

    Raises SourceError where the adapter is incomplete.
    """
    if recipe.adapter is None:
        return None
    scale = Path(recipe.adapter.path) / CONFIG
    if not scale.is_file():
        raise SourceError(f"the adapter in {scale.parent} has no {scale.name}", RESTORE)
    return {"tensors": recipe.adapter.sha256, "scale": hashlib.sha256(scale.read_bytes()).hexdigest()}


def sample_names() -> list[str]:
    """The sample texts, relative to the builder's sources."""
    return [path.relative_to(SOURCES).as_posix() for path in sorted((SOURCES / "samples").rglob("*.txt"))]


def toolchain(names: Iterable[str]) -> dict[str, object]:
    """The hashes of builder sources and the versions of the packages that they rest on."""
    return {
        "sources": {name: hashlib.sha256((SOURCES / name).read_bytes()).hexdigest() for name in names},
        "versions": {package: metadata.version(package) for package in PINNED_PACKAGES},
    }


def digest_of(value: object) -> str:
    """A short hash of plain data."""
    return hashlib.sha256(canonical_json(value)).hexdigest()[:16]


def stamp_path(folder: Path, cache: Path) -> Path:
    """Where the stamp of a bundle in `folder` lies."""
    return cache / "stamps" / f"{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.json"


def write_stamp(folder: Path, key: str, manifest: Manifest, cache: Path) -> None:
    """Note from what the bundle in `folder` was made."""
    path = stamp_path(folder, cache)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(canonical_json({"key": key, "version": manifest.version}))


def standing_bundle(folder: Path, key: str, cache: Path) -> Manifest | None:
    """The manifest of a whole bundle in `folder` that was made from the same key, or None."""
    try:
        made = json.loads(stamp_path(folder, cache).read_text())
        manifest = verify_files(folder)
    except (OSError, ValueError, BundleError):
        return None
    return manifest if made == {"key": key, "version": manifest.version} else None
