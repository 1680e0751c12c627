"""Offsets across the border: a browser counts UTF-16 code units, Python counts code points."""

from __future__ import annotations


def code_point_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span `start:end` given in UTF-16 code units, in code points of `text`.

    Raises ValueError when the span leaves the text or cuts a character in half.
    """
    units = text.encode("utf-16-le")
    if not 0 <= start <= end <= len(units) // 2:
        raise ValueError(f"the span {start}:{end} leaves a text of {len(units) // 2} UTF-16 units")
    try:
        before, inside = (
            units[: 2 * start].decode("utf-16-le"),
            units[2 * start : 2 * end].decode("utf-16-le"),
        )
    except UnicodeDecodeError as error:
        raise ValueError(f"the span {start}:{end} cuts a character in half") from error
    return len(before), len(before) + len(inside)
