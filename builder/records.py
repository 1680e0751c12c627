"""Plain data into frozen dataclasses, strictly: every field known, present and of its declared type.

Serves recipes (TOML), manifests (JSON) and files of records (JSON lines). Understands `str`, `int`, `float`,
`bool`, `None`, `Literal`, unions, `tuple[T, ...]`, `dict[str, T]` and dataclasses; in a union of dataclasses
the field `kind` decides.
"""

from __future__ import annotations

import dataclasses
import json
import tomllib
import types
import typing
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

# A type hint, as `typing` hands it out.
Hint = object
Record = TypeVar("Record")


ShapeFault = typing.Literal["unknown-field", "missing-field", "type", "value"]


class ShapeError(ValueError):
    """Data does not have the declared shape; the message names the place and what stands there."""

    def __init__(self, message: str, kind: ShapeFault = "type") -> None:
        """Keep what kind of fault it is beside the message."""
        super().__init__(message)
        self.kind = kind


class UnknownNameError(LookupError):
    """No file goes by a name; the message lists the names that there are."""


def named_toml(name_or_path: str, folder: Path) -> Path:
    """The file of a name among the `.toml` files of a folder, or of a path that ends so.

    Raises UnknownNameError where there is none.
    """
    path = Path(name_or_path) if name_or_path.endswith(".toml") else folder / f"{name_or_path}.toml"
    if not path.is_file():
        raise UnknownNameError(f"use one of {', '.join(toml_names(folder))} or a .toml file")
    return path


def toml_names(folder: Path) -> list[str]:
    """The names of the `.toml` files in a folder, sorted."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def read_toml(cls: type[Record], text: str) -> Record:
    """Build a dataclass from TOML. Raises ShapeError where the text is none or has another shape."""
    try:
        return read_record(cls, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ShapeError(str(error)) from error


def read_lines(path: Path, limit: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of the first `limit` lines of a JSON-lines file, each with its place, `file:line`; blank
    lines are passed over.

    Raises ShapeError for a line that is no JSON object (its text is not quoted) and for a file that is no
    UTF-8, OSError for one that cannot be read.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(decoded(islice(lines, limit), path), start=1):
            if line.strip():
                yield f"{path}:{number}", read_line(line, f"{path}:{number}")


def decoded(lines: Iterator[str], path: Path) -> Iterator[str]:
    """The lines of a file. Raises ShapeError where they are no UTF-8."""
    try:
        yield from lines
    except UnicodeDecodeError as error:
        raise ShapeError(f"{path} is not UTF-8 text") from error


def read_line(line: str, place: str) -> dict[str, Any]:
    """One line's object. Raises ShapeError."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ShapeError(f"{place} is not JSON (column {error.colno})") from error
    if not isinstance(value, dict):
        raise ShapeError(f"{place} is not an object")
    return value


def read_record(cls: type[Record], data: object, place: str = "") -> Record:
    """Build a dataclass from a mapping.

    Raises ShapeError for an unknown or missing field and for a value of the wrong type.
    """
    if not isinstance(data, dict):
        raise ShapeError(f"{place or 'the top level'} is {describe(data)}, expected a table")
    hints = typing.get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(typing.cast(Any, cls))}
    if unknown := sorted(set(data) - set(fields)):
        known = ", ".join(fields)
        raise ShapeError(
            f"{at(place, unknown[0])} is not a known field, expected one of {known}", "unknown-field"
        )
    required = [
        name
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    if missing := [name for name in required if name not in data]:
        raise ShapeError(f"{at(place, missing[0])} is missing", "missing-field")
    return cls(**{name: read_value(hints[name], value, at(place, name)) for name, value in data.items()})


def write_record(record: object) -> dict[str, Any]:
    """A dataclass as plain data that `read_record` reads: what is None by default and None is not named."""
    return {
        field.name: write_value(value)
        for field in dataclasses.fields(typing.cast(Any, record))
        if (value := getattr(record, field.name)) is not None or field.default is not None
    }


def write_value(value: object) -> object:
    """One value of a record as plain data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return write_record(value)
    if isinstance(value, (list, tuple)):
        return [write_value(item) for item in value]
    if isinstance(value, dict):
        return {key: write_value(item) for key, item in value.items()}
    return value


def read_value(hint: Hint, value: object, place: str) -> object:
    """Check one value against a type hint and return it in the hint's form."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return read_union(typing.get_args(hint), value, place)
    if origin is tuple:
        return read_tuple(typing.get_args(hint)[0], value, place)
    if origin is dict:
        return read_mapping(typing.get_args(hint)[1], value, place)
    if origin is typing.Literal:
        return read_literal(typing.get_args(hint), value, place)
    if dataclasses.is_dataclass(hint):
        return read_record(typing.cast(type[object], hint), value, place)
    return read_scalar(hint, value, place)


def read_scalar(hint: Hint, value: object, place: str) -> object:
    """A string, number, boolean or null; an integer is accepted where a float is declared."""
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise ShapeError(f"{place} is {describe(value)}, expected {describe_type(hint)}")
    return value


def read_literal(options: tuple[object, ...], value: object, place: str) -> object:
    """One of a few fixed values."""
    if not any(type(value) is type(option) and value == option for option in options):
        expected = ", ".join(map(repr, options))
        raise ShapeError(f"{place} is {describe(value)}, expected one of {expected}", "value")
    return value


def read_tuple(hint: Hint, value: object, place: str) -> tuple[object, ...]:
    """A list whose items all have one type."""
    if not isinstance(value, list):
        raise ShapeError(f"{place} is {describe(value)}, expected a list")
    return tuple(read_value(hint, item, f"{place}[{index}]") for index, item in enumerate(value))


def read_mapping(hint: Hint, value: object, place: str) -> dict[str, object]:
    """A mapping from strings to values of one type."""
    if not isinstance(value, dict):
        raise ShapeError(f"{place} is {describe(value)}, expected a table")
    return {key: read_value(hint, item, at(place, key)) for key, item in value.items()}


def read_union(options: tuple[Hint, ...], value: object, place: str) -> object:
    """The first option that fits; tables are told apart by their `kind` where there are several."""
    tables = [option for option in options if dataclasses.is_dataclass(option)]
    if len(tables) == 1 and value is not None and set(options) == {tables[0], types.NoneType}:
        return read_value(tables[0], value, place)
    if tables and isinstance(value, dict):
        records = {kind_of(option): option for option in tables}
        kind = value.get("kind")
        if kind not in records:
            raise ShapeError(
                f"{at(place, 'kind')} is {kind!r}, expected one of {', '.join(map(repr, records))}"
            )
        return read_record(typing.cast(type[object], records[kind]), value, place)
    for option in options:
        fitting = read_or_none(option, value, place)
        if fitting is not None or (value is None and option is type(None)):
            return fitting
    raise ShapeError(f"{place} is {describe(value)}, expected {' or '.join(map(describe_type, options))}")


def read_or_none(option: Hint, value: object, place: str) -> object:
    """The value in an option's form, or None where it does not fit."""
    try:
        return read_value(option, value, place)
    except ShapeError:
        return None


def kind_of(record: Hint) -> object:
    """The fixed `kind` of a dataclass in a union."""
    return typing.get_args(typing.get_type_hints(record)["kind"])[0]


def at(place: str, name: str) -> str:
    """The path of a field."""
    return f"{place}.{name}" if place else name


def describe(value: object) -> str:
    """A value for an error message, shortened."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def describe_type(hint: Hint) -> str:
    """A type for an error message."""
    return getattr(hint, "__name__", str(hint)).replace("NoneType", "null")
