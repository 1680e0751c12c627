"""Where the commands print their tables."""

from __future__ import annotations

from rich.console import Console

UNBROKEN_WIDTH = 160


def wide_console() -> Console:
    """A console whose lines are not broken where nobody looks at them."""
    console = Console()
    return console if console.is_terminal else Console(width=UNBROKEN_WIDTH)
