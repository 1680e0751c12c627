"""Which content coding a client gets: RFC 9110, section 12.5.3, as a pure function."""

from __future__ import annotations

from collections.abc import Sequence

IDENTITY = "identity"


def choose_encoding(accept: str | None, offered: Sequence[str]) -> str | None:
    """Pick from `offered` (best first) what the header `Accept-Encoding` likes most; None if nothing will do.

    The highest q-value wins, our order breaks ties. Without the header a client gets the file as it is.
    """
    if accept is None:
        return IDENTITY if IDENTITY in offered else None
    weights = parse_accept(accept)
    liked = [(_weight(coding, weights), -place, coding) for place, coding in enumerate(offered)]
    best, _, coding = max(liked, default=(0.0, 0, ""))
    return coding if best > 0 else None


def parse_accept(accept: str) -> dict[str, float]:
    """The header's codings with their q-values; a q-value that is no number from 0 to 1 counts as 0."""
    weights: dict[str, float] = {}
    for item in accept.split(","):
        coding, *parameters = (part.strip().lower() for part in item.split(";"))
        if coding:
            weights[coding.removeprefix("x-")] = _quality(parameters)
    return weights


def _weight(coding: str, weights: dict[str, float]) -> float:
    if coding in weights:
        return weights[coding]
    if "*" in weights:
        return weights["*"]
    # Identity stays acceptable unless it is refused by name or by "*"; it is the last resort.
    return 1e-6 if coding == IDENTITY else 0.0


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return _number(value.strip())
    return 1.0


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0
