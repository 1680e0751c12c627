"""The families of kinds; loading them registers their kinds."""

from __future__ import annotations

from importlib import import_module

FAMILIES = (
    "commerce",
    "daily",
    "health",
    "mail",
    "meetings",
    "offers",
    "official",
    "people",
    "places",
    "prose",
    "references",
    "requests",
    "technical",
    "transport",
)


def load() -> None:
    """Import every family once."""
    for family in FAMILIES:
        import_module(f".{family}", __package__)
