"""`excerpt up`: builds whatever is missing or has changed, then serves it."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.options import BUNDLE, CACHE, FOLDER, WEB
from builder.commands.serve import address_options, serve_until_stopped


@click.command(name="up")
@address_options
@click.option("--bundle", type=FOLDER, help=f"Serve this one, built already.  [default: build {BUNDLE}]")
@click.option("--web", type=FOLDER, help=f"Serve this one, built already.  [default: build {WEB}]")
@click.option("--only", type=click.Choice(["web", "bundle"]), help="Build only this, and serve nothing.")
def command(host: str, port: int, bundle: Path | None, web: Path | None, only: str | None) -> None:
    """Build whatever is missing or has changed, then serve it.

    The web app is built with npm, the bundle from the default recipe. The first time takes some minutes;
    after that only what changed is built again.
    """
    if only is not None:
        build_web() if only == "web" else build_default_bundle()
        return
    _check_address(host, port)
    web = web or build_web()
    serve_until_stopped(host, port, bundle or build_default_bundle(), web)


def build_web() -> Path:
    """Build the web app where needed; its folder. Raises WebBuildFailedError."""
    from builder.commands.keys import pinned_keys
    from builder.webbuild import WebProject, ensure_web

    project = WebProject(WEB.parent, CACHE, tuple(public.hex() for public in pinned_keys()))
    ensure_web(project, click.echo)
    return project.dist


def build_default_bundle() -> Path:
    """Build the default bundle where needed; its folder. Raises RecipeError, SourceError or BuildError."""
    from rich.console import Console

    from builder.commands.build import StationReport
    from builder.commands.keys import signing_key
    from builder.pipeline import build_bundle
    from builder.recipe import DEFAULT_RECIPE, load_recipe

    key = signing_key(None)
    with StationReport(Console()) as report:
        build_bundle(load_recipe(DEFAULT_RECIPE), BUNDLE, report.begin, key=key)
    return BUNDLE


def _check_address(host: str, port: int) -> None:
    """Fail before minutes of building, not after."""
    from server.run import check_address

    check_address(host, port)
