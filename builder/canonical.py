"""Canonical JSON: the one spelling of a value (sorted keys, no blanks, UTF-8), written and read strictly.

One content has one spelling and therefore one hash. `read_canonical` takes those bytes and no others; what it
refuses, it refuses with the code that `web/src/bundle/place.ts` gives for the same reason.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from builder.errors import BundleError
from builder.records import ShapeError, read_record, write_record

Record = TypeVar("Record")


@dataclass(frozen=True)
class FileKind:
    """A kind of file of a bundle: what it is called in messages and codes, and its bounds."""

    name: str
    format: int
    most_bytes: int
    advice: str

    def refusal(self, code: str, reason: str) -> BundleError:
        """The error for such a file that is refused; `code` follows the kind's name."""
        return BundleError(f"the {self.name} is refused: {reason}", self.advice, f"{self.name}-{code}")


def canonical_json(value: object) -> bytes:
    """The one spelling of a JSON value: sorted keys, no white space, UTF-8.

    Raises ValueError for what has none: numbers that are none, text that is no Unicode.
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def read_canonical(cls: type[Record], data: bytes, kind: FileKind) -> Record:
    """The record that a file of a bundle holds. Raises BundleError with a code that names the broken rule."""
    if len(data) > kind.most_bytes:
        raise kind.refusal("size", f"it has {len(data)} bytes, {kind.most_bytes} are allowed")
    value = read_json(data, kind)
    found = value.get("format") if isinstance(value, dict) else None
    if isinstance(value, dict) and (type(found) is not int or found != kind.format):
        raise kind.refusal("format", f"its format is {found!r}, this Excerpt reads format {kind.format}")
    try:
        record = read_record(cls, value)
        canonical = canonical_json(value)
    except ShapeError as error:
        raise kind.refusal(error.kind, str(error)) from error
    except ValueError as error:
        raise kind.refusal("unreadable", f"it holds text that is no Unicode ({error})") from error
    if entries(value) != entries(write_record(record)):
        raise kind.refusal("type", "a field that may be missing is null; it has to be left out")
    if canonical != data:
        raise kind.refusal("order", "it is not canonical JSON (keys sorted, each once, no white space)")
    return record


def entries(value: object) -> int:
    """How many fields plain data has, at all depths."""
    if isinstance(value, dict):
        return len(value) + sum(map(entries, value.values()))
    return sum(map(entries, value)) if isinstance(value, list) else 0


def read_json(data: bytes, kind: FileKind) -> object:
    """The value that a file holds, as far as the JSON standard goes and no further."""

    def refuse_constant(constant: str) -> NoReturn:
        raise kind.refusal("unreadable", f"{constant} is no number of JSON")

    try:
        value: object = json.loads(data.decode(), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        raise kind.refusal("unreadable", "it is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise kind.refusal("unreadable", f"it is not JSON ({type(error).__name__})") from error
    return value
