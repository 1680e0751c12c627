"""An option's value of a few known names."""

from __future__ import annotations

from collections.abc import Sequence

import click


class Names(click.ParamType[tuple[str, ...]]):
    """Some of a few known names, separated by commas."""

    name = "names"

    def __init__(self, known: Sequence[str]) -> None:
        """Keep the names that are known."""
        self.known = known

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names in the order in which we know them; wrong usage for any other."""
        wanted = value if isinstance(value, tuple) else tuple(str(value).split(","))
        for name in wanted:
            if name not in self.known:
                self.fail(f"{name!r} is none of {', '.join(self.known)}", param, ctx)
        return tuple(name for name in self.known if name in wanted)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """All of them, as an example."""
        return ",".join(self.known)
