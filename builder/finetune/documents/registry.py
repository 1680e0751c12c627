"""The kinds of documents, each registered by its own decorator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .draft import Draft
from .fields import Field, parse_fields
from .scene import Scene

Writer = Callable[[Scene], Draft]


@dataclass(frozen=True)
class Kind:
    """A kind of document: how to write one, and what one may be asked for.

    `topic` keeps strange fields out that could have a value after all; `titles` name the schema; `speech` is
    for requests, which are spoken and so have no layout to disturb.
    """

    name: str
    topic: str
    write: Writer
    fields: tuple[Field, ...]
    titles: tuple[str, ...]
    weight: float
    speech: bool


_kinds: dict[str, Kind] = {}


def kind(
    topic: str, fields: str, *, titles: tuple[str, ...] = (), weight: float = 1.0, speech: bool = False
) -> Callable[[Writer], Writer]:
    """Register the function below as a kind of document named as the function.

    Raises ValueError where the name is taken or the table of fields cannot be read.
    """

    def register(write: Writer) -> Writer:
        name = write.__name__
        if name in _kinds:
            raise ValueError(f"there are two kinds of documents called {name!r}, rename one")
        _kinds[name] = Kind(name, topic, write, parse_fields(fields), titles or (name,), weight, speech)
        return write

    return register


def registered() -> Mapping[str, Kind]:
    """Every kind by name, in the order of registration."""
    return _kinds
