"""The families of kinds; loading them registers their kinds."""

from __future__ import annotations

from importlib import import_module

FAMILIES = (
    "assistant",
    "commerce",
    "daily",
    "entities",
    "health",
    "letters",
    "mail",
    "meetings",
    "news",
    "offers",
    "official",
    "people",
    "places",
    "prose",
    "receipts",
    "references",
    "requests",
    "technical",
    "transport",
    "vacancies",
)


def load() -> None:
    """Import every family once."""
    for family in FAMILIES:
        import_module(f".{family}", __package__)
