"""`excerpt serve`: serves the built web app and a bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from builder.commands.options import BUNDLE, CACHE, FOLDER, WEB


def address_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options `--host` and `--port`."""
    for option in (
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            default=8000,
            show_default=True,
            help="0 takes a free one.",
        ),
        click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
    ):
        command = option(command)
    return command


@click.command(name="serve")
@address_options
@click.option("--bundle", type=FOLDER, default=BUNDLE, show_default=True, help="The bundle to serve.")
@click.option("--web", type=FOLDER, default=WEB, show_default=True, help="The built web app.")
def command(host: str, port: int, bundle: Path, web: Path) -> None:
    """Serve the built web app and a bundle.

    Nothing is built: a missing web app or bundle is an error (`excerpt up` builds what is missing).
    """
    serve_until_stopped(host, port, bundle, web)


def serve_until_stopped(host: str, port: int, bundle: Path, web: Path) -> None:
    """Serve in the foreground until Ctrl-C, printing the URL when requests are answered."""
    from server.run import serve
    from server.settings import Settings

    serve(Settings(web=web, bundle=bundle, cache=CACHE, host=host, port=port), _announce)


def _announce(url: str) -> None:
    click.echo(f"Excerpt is ready: {url}  (Ctrl-C stops it)")
