"""Byte ranges: RFC 9110, section 14, for one range, as pure functions.

A header that is malformed or asks for several ranges is ignored, as the standard allows: the client gets the
whole file.
"""

from __future__ import annotations

import re

ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


class UnsatisfiableRange(Exception):  # noqa: N818 (named after the status it becomes)
    """The range is well-formed but begins behind the end of the file."""


def resolve_range(header: str | None, size: int) -> range | None:
    """The bytes of `size` that the Range `header` asks for; None for all. Raises UnsatisfiableRange."""
    match = ONE_RANGE.fullmatch(header) if header else None
    if match is None:
        return None
    first, last = match.groups()
    if not first:
        return _suffix(last, size)
    return _between(int(first), int(last) if last else size - 1, size)


def _suffix(length: str, size: int) -> range | None:
    if not length:
        return None
    if int(length) == 0 or size == 0:
        raise UnsatisfiableRange
    return range(max(0, size - int(length)), size)


def _between(first: int, last: int, size: int) -> range | None:
    if first >= size:
        raise UnsatisfiableRange
    if last < first:
        return None
    return range(first, min(last, size - 1) + 1)
