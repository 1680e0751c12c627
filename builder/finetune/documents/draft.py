"""A document before noise and schema: its text and the facts that stand in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """A number or a day: the characters in the text and the normal form.

    `normal` is a number, or a day as `YYYY-MM-DD`; None where the writing leaves the normal form open,
    then only
    the characters are asked for. `full` is the wider writing (an amount with its currency),
    where there is one.
    """

    text: str
    normal: int | float | str | None = None
    full: str | None = None

    def __str__(self) -> str:
        """As the document shows it: the wider writing, where there is one."""
        return self.full or self.text


Fact = str | bool | list[str] | Written | None
Facts = dict[str, Fact]


@dataclass(frozen=True)
class Draft:
    """The text of a document and what it says, by field key; a field that is not among the facts "
    "is absent."""

    text: str
    facts: Facts
