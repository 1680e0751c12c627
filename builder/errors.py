"""Every error of the builder and the server that a person can meet, in one leaf module.

ExcerptError
├── RecipeError   a recipe cannot be used             (its author can mend it)
├── SourceError   a checkpoint cannot be had          (the network or the pin is at fault)
├── BuildError    a step failed or a gate was missed  (the recipe or the toolchain is at fault)
└── BundleError   a bundle is wrong or not trusted    (building or signing it again mends it)

A message says what happened, with the value; the advice says what to do. Neither carries document text.
A foreign error is wrapped where it enters.
"""

from __future__ import annotations


class ExcerptError(Exception):
    """An error with a message for people and advice on what to do about it."""

    def __init__(self, message: str, advice: str) -> None:
        """Keep both parts; `str(error)` is one line with the advice at its end."""
        super().__init__(f"{message}; {advice}")
        self.message = message
        self.advice = advice


class RecipeError(ExcerptError):
    """A recipe is missing, malformed or contradicts itself."""


class SourceError(ExcerptError):
    """A checkpoint could not be fetched, or is not the one the recipe pins."""


class BuildError(ExcerptError):
    """A build step failed, or a variant missed its gate."""


class BundleError(ExcerptError):
    """A bundle is incomplete, altered, of an unknown form or not signed by a known key."""

    def __init__(self, message: str, advice: str, code: str = "bundle") -> None:
        """Keep the parts; `code` is stable, and the browser's for the same reason (`shared/errors.ts`)."""
        super().__init__(message, advice)
        self.code = code
