"""The families of kinds; loading them registers their kinds."""

from __future__ import annotations

from importlib import import_module

FAMILIES = (
    "assistant",
    "bills",
    "careers",
    "commerce",
    "contacts",
    "daily",
    "entities",
    "gatherings",
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
    "slips",
    "technical",
    "transport",
    "vacancies",
)


def load() -> None:
    """Import every family once."""
    for family in FAMILIES:
        import_module(f".{family}", __package__)
