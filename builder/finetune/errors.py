"""What can go wrong when a model is tuned."""

from __future__ import annotations

from builder.errors import ExcerptError


class FinetuneError(ExcerptError):
    """The data, the recipe of a run or its checkpoint cannot be used."""
