"""A question that a document is asked in training: a field with its right answer."""

from __future__ import annotations

from dataclasses import dataclass

from builder.finetune.fields import Field
from builder.finetune.records import Json


@dataclass(frozen=True)
class Question:
    """A field with its right answer; `span` are the characters that a number or a day was read from, where
    known."""

    field: Field
    gold: Json
    span: str | None = None

    @property
    def absent(self) -> bool:
        """Whether the document says nothing about it."""
        return self.gold is None or self.gold in ("", [])
