"""Where a checkpoint comes from: one module for each kind of source, and how models are loaded.

Each kind is a frozen record with the same members: `complaint` (is it well formed), `placed` (paths counted
from the recipe's folder), `settle` (record what is still open, such as the files of a branch), `identity`
(what decides the weights), `describe` (the same for the manifest) and `fetch` (the files on this disk).
Importing this is cheap; `builder.sources.models`, which loads, imports torch.
"""

from __future__ import annotations

from builder.sources.files import Files, sha256_of
from builder.sources.hub import HubSource
from builder.sources.package import PackageSource
from builder.sources.path import PathSource
from builder.sources.random_weights import LENDER, RandomSource

Source = PackageSource | HubSource | PathSource | RandomSource

__all__ = [
    "LENDER",
    "Files",
    "HubSource",
    "PackageSource",
    "PathSource",
    "RandomSource",
    "Source",
    "sha256_of",
]
